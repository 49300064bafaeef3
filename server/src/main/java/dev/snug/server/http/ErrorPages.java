package dev.snug.server.http;

import java.util.Optional;

/** Shows errors to people; programs get JSON. */
@FunctionalInterface
public interface ErrorPages {
    /** JSON for everybody. */
    ErrorPages NONE = (call, error) -> Optional.empty();

    /**
     * The page that tells of an error; empty for the JSON body. Its status is the error's.
     *
     * @param call for its path and its Accept header; the body may be half read
     */
    Optional<Reply> page(Call call, HttpException error);
}
