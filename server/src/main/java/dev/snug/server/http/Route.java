package dev.snug.server.http;

/**
 * What is answered how.
 *
 * @param method {@code GET}, which answers {@code HEAD} too, {@code POST} or {@code DELETE}
 * @param path with {@code {name}} for one segment that may be anything, such as {@code
 *     /v1/models/{name}}
 * @param access who may use it
 * @param handler answers
 */
public record Route(String method, String path, Access access, Handler handler) {
    /** A route for {@code GET} and {@code HEAD}. */
    public static Route get(String path, Access access, Handler handler) {
        return new Route("GET", path, access, handler);
    }

    /** A route for {@code DELETE}. */
    public static Route delete(String path, Access access, Handler handler) {
        return new Route("DELETE", path, access, handler);
    }

    /** A route for {@code POST}. */
    public static Route post(String path, Access access, Handler handler) {
        return new Route("POST", path, access, handler);
    }
}
