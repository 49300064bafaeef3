package dev.snug.server.page;

import dev.snug.server.http.Call;
import dev.snug.server.http.HttpException;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
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

    /**
     * Checks the field that shows that a form is one of ours; for forms whose fields the guard
     * cannot read, because a file is among them.
     *
     * @throws HttpException 403 when a cookie speaks for the caller and the field does not
     */
    static void requireOurs(Call call, Map<String, String> fields) {
        String token = call.caller().csrfToken();
        if (token != null
                && !MessageDigest.isEqual(
                        token.getBytes(StandardCharsets.UTF_8),
                        fields.getOrDefault("csrf", "").getBytes(StandardCharsets.UTF_8))) {
            throw HttpException.of(403, "forged", "this form was not made by this server's page");
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
