package dev.snug.server.http;

import com.sun.net.httpserver.Headers;

/**
 * The headers that every reply has: a browser runs no script of anybody else, shows the pages in
 * nobody else's frame, keeps nothing, and tells nobody else where it was.
 */
final class StandardHeaders {
    private static final String[] ALWAYS = {
        "Content-Security-Policy",
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
                + "media-src 'self' blob:; object-src 'none'; base-uri 'none'; "
                + "form-action 'self'; frame-ancestors 'none'",
        "X-Content-Type-Options",
        "nosniff",
        // With no-referrer, forms of our own pages would come from the origin "null" (Fetch, 3.2).
        "Referrer-Policy",
        "same-origin",
        "Permissions-Policy",
        "camera=(self), microphone=(), geolocation=(), display-capture=(), usb=(), serial=(), "
                + "midi=(), payment=(), publickey-credentials-get=(), "
                + "screen-wake-lock=(), accelerometer=(), gyroscope=(), magnetometer=()",
        "Cross-Origin-Opener-Policy",
        "same-origin",
        "Cross-Origin-Resource-Policy",
        "same-origin",
        "Cache-Control",
        "no-store",
    };

    private StandardHeaders() {}

    /** Puts them, then the reply's own, which go before. */
    static void put(Headers headers, Reply reply, boolean secure) {
        headers.clear();
        for (int i = 0; i < ALWAYS.length; i += 2) {
            headers.set(ALWAYS[i], ALWAYS[i + 1]);
        }
        if (secure) {
            headers.set("Strict-Transport-Security", "max-age=31536000");
        }
        for (Reply.Header header : reply.headers()) {
            if (header.name().equalsIgnoreCase("Set-Cookie")) {
                headers.add(header.name(), header.value());
            } else {
                headers.set(header.name(), header.value());
            }
        }
    }
}
