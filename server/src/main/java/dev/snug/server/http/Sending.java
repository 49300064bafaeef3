package dev.snug.server.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Puts a reply on its way. Until {@link #begun} another reply may be sent instead. For one call.
 */
final class Sending {
    /**
     * Most of a body that nobody wants which is still read, so that its sender sees the answer: a
     * connection that is closed with unread bytes is reset, and the answer is lost with it (RFC
     * 9112, 9.6). More than the largest picture by default; time bounds it as well, see {@link
     * Turn}.
     */
    private static final long DISCARDED_BYTES = 32 << 20;

    private final HttpExchange exchange;
    private final HttpCall call;
    private final Turn turn;
    private final boolean last;
    private boolean begun;
    private boolean failed;
    private int status;
    private long count;

    /**
     * For this exchange.
     *
     * @param last whether the connection ends with it
     */
    Sending(HttpExchange exchange, HttpCall call, Turn turn, boolean last) {
        this.exchange = exchange;
        this.call = call;
        this.turn = turn;
        this.last = last;
    }

    /** Whether a head is on its way. */
    boolean begun() {
        return begun;
    }

    /** Whether the client did not take what was sent. */
    boolean failed() {
        return failed;
    }

    /** The status that was sent. */
    int status() {
        return status;
    }

    /** Bytes of the body that were sent. */
    long count() {
        return count;
    }

    /** Sends all of it, or fails; after {@link #begun} the connection must then be cut. */
    void send(Reply reply) throws IOException, InterruptedException {
        boolean bodiless = call.method().equals("HEAD") || isBodiless(reply.status());
        boolean isLong = reply.body() instanceof Reply.Body.Sized;
        Outgoing out = new Outgoing(() -> head(reply, bodiless), turn, isLong);
        try {
            if (!bodiless) {
                switch (reply.body()) {
                    case Reply.Body.Bytes body -> out.write(body.bytes());
                    case Reply.Body.Stream body -> body.writer().writeTo(out);
                    case Reply.Body.Sized body -> body.writer().writeTo(out);
                }
            }
            out.finish();
        } finally {
            begun = out.begun();
            failed = out.failed();
            count = out.count();
        }
        finish();
    }

    private OutputStream head(Reply reply, boolean bodiless) throws IOException {
        Headers headers = exchange.getResponseHeaders();
        StandardHeaders.put(headers, reply, call.isSecure());
        // 0 is the JDK's sign for a length that is not known yet.
        long length =
                switch (reply.body()) {
                    case Reply.Body.Bytes body -> body.bytes().length;
                    case Reply.Body.Sized body -> body.bytes();
                    case Reply.Body.Stream _ -> 0;
                };
        boolean isKnown = !(reply.body() instanceof Reply.Body.Stream);
        if (isKnown && bodiless && !isBodiless(reply.status())) {
            headers.set("Content-Length", Long.toString(length));
        }
        status = reply.status();
        boolean empty = bodiless || (length == 0 && isKnown);
        if (empty) {
            // The JDK's server ends such an exchange at once.
            closeBody();
        }
        if (last || !call.incoming().whole()) {
            headers.set("Connection", "close");
        }
        exchange.sendResponseHeaders(status, empty ? -1 : length);
        return empty ? OutputStream.nullOutputStream() : exchange.getResponseBody();
    }

    /** Gives a client that still sends the time to see its answer, then ends the exchange. */
    private void finish() throws IOException {
        boolean ended = call.incoming().ended();
        turn.enter(ended ? Turn.Phase.WRITE : Turn.Phase.LINGER, System.nanoTime());
        if (!ended) {
            call.incoming().discard(DISCARDED_BYTES);
        }
        closeBody();
        exchange.getResponseBody().close();
    }

    /**
     * Ends the request's side. Left to {@link HttpExchange#close}, a body that is broken would end
     * the connection, but the JDK's server would count it among its open ones for ever (JDK 25,
     * ExchangeImpl.close); once they are as many as it allows, it takes no others.
     */
    private void closeBody() {
        try {
            exchange.getRequestBody().close();
        } catch (IOException | IndexOutOfBoundsException e) {
            // The connection ends with this reply, because the body did not.
            call.incoming().abandon();
        }
    }

    private static boolean isBodiless(int status) {
        return status == 204 || status == 304;
    }
}
