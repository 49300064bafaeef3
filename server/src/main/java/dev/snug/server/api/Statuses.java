package dev.snug.server.api;

import dev.snug.server.answer.AnswerException;
import dev.snug.server.http.HttpException;

import java.time.Duration;

/** What HTTP says of a question that is not answered. */
public final class Statuses {
    /** One picture takes some tenths of a second: a queue has moved after a second. */
    private static final Duration SOON = Duration.ofSeconds(1);

    private Statuses() {}

    /** The status, code and words for {@code refusal}. */
    public static HttpException of(AnswerException refusal) {
        String words = String.valueOf(refusal.getMessage());
        return switch (refusal.kind()) {
            case BAD_QUESTION -> HttpException.of(400, "bad_question", words);
            case NOT_FOUND -> HttpException.of(404, "model_not_found", words).about("model");
            case VOICE_EXISTS -> HttpException.of(409, "voice_exists", words).about("name");
            case VOICE_NOT_FOUND -> HttpException.of(404, "voice_not_found", words).about("voice");
            case HEATMAP_OFF -> HttpException.of(409, "heatmap_off", words).about("explain");
            case PHOTO_REFUSED -> HttpException.of(422, "photo_refused", words).about("picture");
            case TOO_LARGE -> HttpException.of(413, "too_large", words);
            case BUSY -> HttpException.of(429, "busy", words).retryAfter(SOON);
            case TOO_SLOW -> HttpException.of(503, "too_slow", words).retryAfter(SOON);
            case FAILED -> HttpException.of(500, "failed", words);
        };
    }
}
