package dev.snug.server.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Commands that the database does in one step, in Lua.
 *
 * @param text of the script
 * @param sha1 of the text, hexadecimal: by which a script is known that was sent before
 */
public record Script(String text, String sha1) {
    /** The script of this text. */
    public static Script of(String text) {
        try {
            byte[] sum =
                    MessageDigest.getInstance("SHA-1")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return new Script(text, HexFormat.of().formatHex(sum));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }

    /** The files of these names beside {@code owner}, one behind the other. */
    public static Script of(Class<?> owner, String... names) {
        StringBuilder text = new StringBuilder();
        for (String name : names) {
            try (InputStream in = owner.getResourceAsStream(name)) {
                if (in == null) {
                    throw new IllegalStateException(name + " is not in the jar");
                }
                text.append(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException(name + " cannot be read", e);
            }
        }
        return of(text.toString());
    }
}
