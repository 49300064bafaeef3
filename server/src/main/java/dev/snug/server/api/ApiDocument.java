package dev.snug.server.api;

import dev.snug.server.http.Call;
import dev.snug.server.http.Reply;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;

/**
 * {@code GET /openapi.json}: what this API is, for programs (OpenAPI 3.1.0). It is read from the
 * class path for each call and never held whole: some 100 KiB, which anybody may ask for.
 */
public final class ApiDocument {
    private static final String NAME = "openapi.json";
    private static final int TAG_DIGITS = 12;

    private final String tag;

    /** The document that came with these classes. */
    public ApiDocument() throws IOException {
        this.tag = tag();
    }

    /** Answers a call. */
    public Reply get(Call call) {
        boolean isKnown = call.header("If-None-Match").filter(tag::equals).isPresent();
        Reply reply =
                isKnown
                        ? new Reply(304, List.of(), new Reply.Body.Bytes(new byte[0]))
                        : Reply.stream("application/json", ApiDocument::write);
        return reply.with("ETag", tag).with("Cache-Control", "no-cache");
    }

    private static String tag() throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            write(new DigestOutputStream(OutputStream.nullOutputStream(), digest));
            String digits = HexFormat.of().formatHex(digest.digest()).substring(0, TAG_DIGITS);
            return "\"" + digits + "\"";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static void write(OutputStream out) throws IOException {
        try (InputStream in = ApiDocument.class.getResourceAsStream(NAME)) {
            Objects.requireNonNull(in, NAME).transferTo(out);
        }
    }
}
