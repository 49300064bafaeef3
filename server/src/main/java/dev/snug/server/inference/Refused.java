package dev.snug.server.inference;

import dev.snug.server.http.HttpException;

/** What is told of requests that are not answered. */
final class Refused {
    private Refused() {}

    /** A request that is not one for its model. */
    static HttpException bad(String words) {
        return HttpException.of(400, "bad_question", words);
    }

    /** A request that is larger than what is taken. */
    static HttpException tooLarge(String words) {
        return HttpException.of(413, "too_large", words);
    }
}
