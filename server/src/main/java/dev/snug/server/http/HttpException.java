package dev.snug.server.http;

import org.jspecify.annotations.Nullable;

import java.io.Serial;
import java.time.Duration;

/** A call that is not answered as asked, with what its client is told. */
public final class HttpException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final @Nullable String param;
    private final @Nullable Duration retryAfter;

    private HttpException(
            int status,
            String code,
            @Nullable String param,
            @Nullable Duration retryAfter,
            String message) {
        super(message);
        this.status = status;
        this.code = code;
        this.param = param;
        this.retryAfter = retryAfter;
    }

    /**
     * An error.
     *
     * @param status 400 to 599
     * @param code for programs, such as {@code heatmap_off}; documented in docs/api.md
     * @param message for people: what, where, the limit, what was asked, what to do
     */
    public static HttpException of(int status, String code, String message) {
        return new HttpException(status, code, null, null, message);
    }

    /** The same with the parameter that is wrong. */
    public HttpException about(String name) {
        return new HttpException(status, code, name, retryAfter, words());
    }

    /** The same with a time after which it may go well. */
    public HttpException retryAfter(Duration time) {
        return new HttpException(status, code, param, time, words());
    }

    /** The status code. */
    public int status() {
        return status;
    }

    /** The error's name for programs. */
    public String code() {
        return code;
    }

    /** The parameter that is wrong, or null. */
    public @Nullable String param() {
        return param;
    }

    /** When to try again, or null. */
    public @Nullable Duration retryAfter() {
        return retryAfter;
    }

    /** The message, which is always there. */
    public String words() {
        return java.util.Objects.requireNonNull(getMessage());
    }
}
