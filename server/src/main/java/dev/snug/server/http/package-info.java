/**
 * HTTP as the rest of the server sees it: a {@link dev.snug.server.http.Call} comes in through a
 * {@link dev.snug.server.http.Route}, a {@link dev.snug.server.http.Reply} goes out.
 *
 * <p>Invariant: every length that a client says is bounded before memory or disk is spent on it; a
 * handler never sees the socket.
 */
@NullMarked
package dev.snug.server.http;

import org.jspecify.annotations.NullMarked;
