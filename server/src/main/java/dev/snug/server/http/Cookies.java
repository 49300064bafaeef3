package dev.snug.server.http;

import org.jspecify.annotations.Nullable;

/** The Cookie header (RFC 6265, 4.2). Pure. */
final class Cookies {
    private Cookies() {}

    /** The value of the first cookie of this name, or null. */
    static @Nullable String value(String line, String name) {
        for (int start = 0; start < line.length(); ) {
            int end = line.indexOf(';', start);
            end = end < 0 ? line.length() : end;
            int equals = line.indexOf('=', start);
            if (equals >= 0 && equals < end && line.substring(start, equals).strip().equals(name)) {
                String value = line.substring(equals + 1, end).strip();
                boolean quoted =
                        value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
                return quoted ? value.substring(1, value.length() - 1) : value;
            }
            start = end + 1;
        }
        return null;
    }
}
