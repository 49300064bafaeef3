package dev.snug.runtime.budget;

/**
 * The most that an account may hold at any time, and how a person raises it.
 *
 * @param bytes 0 or more; 0 refuses everything but empty reservations
 * @param setting what raises it, as it is typed: {@code --memory}; stands in refusals
 */
public record Limit(long bytes, String setting) {
    public Limit {
        if (bytes < 0) {
            throw new IllegalArgumentException("a limit must be 0 bytes or more, not " + bytes);
        }
        if (setting.isBlank()) {
            throw new IllegalArgumentException("a limit must name the setting that raises it");
        }
    }
}
