package dev.snug.server.http;

/** Decides who asks, and whether they may. */
@FunctionalInterface
public interface Guard {
    /**
     * Who asks, before the route's handler sees the call.
     *
     * @throws HttpException 401 where nobody is known and somebody must be, 403 where they lack the
     *     scope or what protects against forged requests is missing
     */
    Caller admit(Call call, Access access);
}
