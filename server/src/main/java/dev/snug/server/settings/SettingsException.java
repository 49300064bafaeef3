package dev.snug.server.settings;

import java.io.Serial;

/**
 * Settings that contradict themselves, or that no server could keep; nothing was started. The
 * message is for people: where it stands, which setting, what was given, what is allowed.
 */
public final class SettingsException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    public SettingsException(String message) {
        super(message);
    }

    public SettingsException(String message, Throwable cause) {
        super(message, cause);
    }
}
