package dev.snug.server.http;

import dev.snug.runtime.json.Json;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What goes back to the client.
 *
 * @param status 200 to 599
 * @param headers beside those that every reply has
 * @param body what follows them
 */
public record Reply(int status, List<Header> headers, Body body) {
    /** A line of the head. */
    public record Header(String name, String value) {}

    /** What follows the head. */
    public sealed interface Body {
        /** Bytes that are at hand. */
        @SuppressWarnings("ArrayRecordComponent") // handed over, not compared
        record Bytes(byte[] bytes) implements Body {}

        /**
         * Bytes that are made while they are sent. The head is sent with the first byte, so that a
         * failure before it is still an error reply; a later one cuts the connection, so that
         * nobody takes half for the whole.
         */
        record Stream(Writer writer) implements Body {}

        /**
         * Bytes that are read while they are sent, as many as were announced. They may take their
         * usual time and a second for each {@link FrontLimits#STEADY_BYTES}.
         */
        record Sized(long bytes, Writer writer) implements Body {}
    }

    /** Makes a body. */
    @FunctionalInterface
    public interface Writer {
        /** Writes all of it to {@code out}, which is not closed here. */
        void writeTo(OutputStream out) throws IOException, InterruptedException;
    }

    public Reply {
        headers = List.copyOf(headers);
    }

    /** Bytes of a content type. */
    public static Reply bytes(int status, String type, byte[] bytes) {
        return new Reply(status, List.of(new Header("Content-Type", type)), new Body.Bytes(bytes));
    }

    /** A page. */
    public static Reply html(int status, String page) {
        return bytes(status, "text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8));
    }

    /** Plain text. */
    public static Reply text(int status, String text) {
        return bytes(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8));
    }

    /** A JSON object. */
    public static Reply json(int status, Map<String, @Nullable Object> object) {
        return bytes(status, "application/json", Json.bytes(object));
    }

    /** A body that is made while it is sent. */
    public static Reply stream(String type, Writer writer) {
        return new Reply(200, List.of(new Header("Content-Type", type)), new Body.Stream(writer));
    }

    /** A body of a known length that is read while it is sent. */
    public static Reply sized(String type, long bytes, Writer writer) {
        Body body = new Body.Sized(bytes, writer);
        return new Reply(200, List.of(new Header("Content-Type", type)), body);
    }

    /** See other (RFC 9110, 15.4.4): {@code path} of this server is to be fetched. */
    public static Reply seeOther(String path) {
        return new Reply(303, List.of(new Header("Location", path)), new Body.Bytes(new byte[0]));
    }

    /** The same with one more header. */
    public Reply with(String name, String value) {
        List<Header> more = new ArrayList<>(headers);
        more.add(new Header(name, value));
        return new Reply(status, more, body);
    }
}
