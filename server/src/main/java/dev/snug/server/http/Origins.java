package dev.snug.server.http;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/**
 * Whether a request was made by a page of this server, or by no page at all. Pure.
 *
 * <p>Two attacks from other people's pages are met here: a name that is made to lead to 127.0.0.1
 * (DNS rebinding), and a form or script that sends something in the name of who is signed in (CSRF;
 * Fetch Metadata, and RFC 6454 for Origin).
 */
final class Origins {
    /**
     * What a request says of itself.
     *
     * @param host Host, or what a trusted proxy says it was; null without
     * @param origin Origin; null without
     * @param site Sec-Fetch-Site; null without
     */
    record Claim(
            String method, @Nullable String host, @Nullable String origin, @Nullable String site) {}

    private Origins() {}

    /**
     * Refuses what is not ours.
     *
     * @param loopbackOnly whether only this machine's names for itself are served
     * @throws HttpException 421 for a foreign host, 403 {@code cross_site} for a foreign page
     */
    static void check(boolean loopbackOnly, Claim claim) {
        if (loopbackOnly && claim.host() != null && !isLoopback(claim.host())) {
            throw HttpException.of(
                    421,
                    "foreign_host",
                    "This server answers on this machine alone: use localhost, 127.0.0.1 or [::1]");
        }
        boolean reads = claim.method().equals("GET") || claim.method().equals("HEAD");
        if (!reads && !isOurs(claim)) {
            throw HttpException.of(
                    403, "cross_site", "The request was sent by a page of another site");
        }
    }

    private static boolean isOurs(Claim claim) {
        if (claim.site() != null
                && !claim.site().equals("same-origin")
                && !claim.site().equals("none")) {
            return false;
        }
        if (claim.origin() == null) {
            return true;
        }
        // A page whose own address is kept back has the origin "null"; only the browser knows then.
        if (claim.origin().equals("null")) {
            return "same-origin".equals(claim.site());
        }
        int scheme = claim.origin().indexOf("://");
        if (scheme < 0 || claim.host() == null) {
            return false;
        }
        String from = claim.origin().substring(scheme + 3);
        return withoutPort(from).equals(withoutPort(claim.host()));
    }

    /** In lower case, without a port that its scheme has anyway. */
    private static String withoutPort(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        if (lower.endsWith(":80")) {
            return lower.substring(0, lower.length() - 3);
        }
        return lower.endsWith(":443") ? lower.substring(0, lower.length() - 4) : lower;
    }

    private static boolean isLoopback(String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        int end = lower.lastIndexOf(':');
        boolean port = end > lower.lastIndexOf(']') && isNumber(lower.substring(end + 1));
        String name = port ? lower.substring(0, end) : lower;
        return name.equals("localhost") || name.equals("127.0.0.1") || name.equals("[::1]");
    }

    private static boolean isNumber(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return !text.isEmpty() && text.length() <= 5;
    }
}
