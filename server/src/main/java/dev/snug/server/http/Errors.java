package dev.snug.server.http;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** How errors are told: as a page, or as JSON in the shape that OpenAI's clients know. */
final class Errors {
    private static final Duration SOON = Duration.ofSeconds(1);

    private final ErrorPages pages;

    Errors(ErrorPages pages) {
        this.pages = pages;
    }

    /** The error that a failure is, or null for one that nobody foresaw. */
    static @Nullable HttpException known(Throwable failure, Turn.@Nullable Cut cut) {
        if (cut == Turn.Cut.DEADLINE) {
            return HttpException.of(503, "deadline", "This took longer than is allowed here")
                    .retryAfter(SOON);
        }
        if (cut == Turn.Cut.STOPPING) {
            return stopping();
        }
        if (cut == Turn.Cut.BODY_SLOW) {
            return HttpException.of(408, "body_slow", "The body took too long to come");
        }
        return failure instanceof HttpException error ? error : null;
    }

    /** What a client is told while the server ends. */
    static HttpException stopping() {
        return HttpException.of(503, "stopping", "This server is stopping; try again")
                .retryAfter(SOON);
    }

    /** What a client is told when there are too many. */
    static HttpException busy() {
        return HttpException.of(503, "busy", "Too many requests at once; try again")
                .retryAfter(SOON);
    }

    /** What a client is told of a failure that nobody foresaw. */
    static HttpException unknown(String number) {
        return HttpException.of(
                500, "internal", "Something failed here; its number in the log is " + number);
    }

    /** A number to find a failure by: 8 hexadecimal digits. */
    static String number() {
        String digits = Integer.toHexString(ThreadLocalRandom.current().nextInt());
        return "0".repeat(8 - digits.length()) + digits;
    }

    /** The reply that tells of an error. */
    Reply reply(Call call, HttpException error) {
        Reply reply = page(call, error).orElseGet(() -> json(error));
        Duration wait = error.retryAfter();
        if (wait != null) {
            long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
            reply = reply.with("Retry-After", Long.toString(seconds));
        }
        // RFC 9110, 11.6.1: a 401 names a way in; browsers ask nobody for this one.
        return error.status() == 401 ? reply.with("WWW-Authenticate", "Bearer") : reply;
    }

    private Optional<Reply> page(Call call, HttpException error) {
        try {
            return pages.page(call, error);
        } catch (RuntimeException e) {
            // A page that is broken itself must not hide what it was to tell.
            return Optional.empty();
        }
    }

    static Reply json(HttpException error) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("message", error.words());
        fields.put("type", error.status() < 500 ? "invalid_request_error" : "server_error");
        fields.put("code", error.code());
        fields.put("param", error.param());
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        object.put("error", fields);
        return Reply.json(error.status(), object);
    }
}
