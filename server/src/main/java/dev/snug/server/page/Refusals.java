package dev.snug.server.page;

import dev.snug.server.http.HttpException;

/** What a page says of an error. */
final class Refusals {
    private Refusals() {}

    /** In the page's language where the code is known; else as the server says it. */
    static String words(Messages messages, HttpException e) {
        return messages.find("error_" + e.code()).orElse(e.words());
    }
}
