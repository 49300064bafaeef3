package dev.snug.server.page;

import dev.snug.server.http.HttpException;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/** Fields of forms as values. */
final class Forms {
    private Forms() {}

    /** A field's text; null when it is missing or blank. */
    static @Nullable String text(Map<String, String> fields, String name) {
        String text = fields.get(name);
        return text == null || text.isBlank() ? null : text.strip();
    }

    /**
     * A field's number; null when it is missing or blank.
     *
     * @throws HttpException 400 when it is not a number; a decimal comma is one
     */
    static @Nullable Double number(Map<String, String> fields, String name) {
        String text = text(fields, name);
        if (text == null) {
            return null;
        }
        try {
            return Double.valueOf(text.replace(',', '.'));
        } catch (NumberFormatException e) {
            throw HttpException.of(400, "bad_number", name + " must be a number, not " + text)
                    .about(name);
        }
    }

    /** {@code next} when it is a path of this server, else {@code /}. */
    static String localPath(@Nullable String next) {
        // "//host" and "/\\host" lead elsewhere, and a line break would end the header
        if (next == null
                || !next.startsWith("/")
                || next.startsWith("//")
                || !next.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '\\')) {
            return "/";
        }
        return next;
    }
}
