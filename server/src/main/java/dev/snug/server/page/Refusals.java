package dev.snug.server.page;

import dev.snug.server.answer.AnswerException;
import dev.snug.server.http.HttpException;

import java.time.Duration;

/** Questions that are not answered, as replies. */
final class Refusals {
    private static final Duration BUSY_RETRY = Duration.ofSeconds(2);

    private Refusals() {}

    static HttpException of(AnswerException e) {
        return switch (e.kind()) {
            case BAD_QUESTION -> http(400, "bad_question", e);
            case NOT_FOUND -> http(404, "model_not_found", e);
            case HEATMAP_OFF -> http(409, "heatmap_off", e);
            case PHOTO_REFUSED -> http(422, "photo_refused", e);
            case TOO_LARGE -> http(413, "too_large", e);
            case BUSY -> http(503, "busy", e).retryAfter(BUSY_RETRY);
            case TOO_SLOW -> http(504, "too_slow", e);
            case FAILED -> http(502, "failed", e);
        };
    }

    private static HttpException http(int status, String code, AnswerException e) {
        String message = e.getMessage();
        return HttpException.of(status, code, message == null ? code : message);
    }

    /** What a page says of an error: in its language where the code is known. */
    static String words(Messages messages, HttpException e) {
        return messages.find("error_" + e.code()).orElse(e.words());
    }
}
