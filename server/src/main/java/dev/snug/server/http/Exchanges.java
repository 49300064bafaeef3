package dev.snug.server.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Answers one call after the other, each on a thread of its own: finds the route, checks where the
 * call comes from and who asks, has it handled, and sends the reply or tells of the error.
 */
final class Exchanges implements HttpHandler {
    /** The status of a call whose client left, as nginx logs it; never sent. */
    static final int CLIENT_LEFT = 499;

    private static final String NO_ROUTE = "-";

    private final FrontSettings settings;
    private final boolean loopbackOnly;
    private final Router router;
    private final Guard guard;
    private final Errors errors;
    private final Watch watch;
    private final Spool spool;
    private final CallLog calls;
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger handled = new AtomicInteger();
    private volatile boolean draining;

    Exchanges(
            FrontSettings settings,
            Router router,
            Guard guard,
            Errors errors,
            Watch watch,
            Spool spool,
            CallLog calls) {
        this.settings = settings;
        // Behind a proxy it is the proxy that knows the names under which it is reached.
        this.loopbackOnly =
                settings.address().getAddress().isLoopbackAddress() && !settings.trustProxy();
        this.router = router;
        this.guard = guard;
        this.errors = errors;
        this.watch = watch;
        this.spool = spool;
        this.calls = calls;
    }

    /** Calls that are not over. */
    int running() {
        return running.get();
    }

    /** From now on calls are told to come again. */
    void drain() {
        draining = true;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        running.incrementAndGet();
        Instant time = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        long startNanos = System.nanoTime();
        Turn turn = watch.current();
        turn.begin(
                new Departures.Connection(exchange.getLocalAddress(), exchange.getRemoteAddress()),
                startNanos);
        try (HttpCall call = new HttpCall(exchange, turn, settings.trustProxy(), spool)) {
            Sending sending = new Sending(exchange, call, turn, draining);
            State state = new State();
            try {
                answer(call, turn, sending, state);
            } finally {
                if (state.counted) {
                    handled.decrementAndGet();
                }
                int status = state.status != 0 ? state.status : sending.status();
                calls.ended(
                        new RequestLog.Line(
                                time,
                                call.method(),
                                state.route == null ? NO_ROUTE : state.route.path(),
                                status,
                                call.incoming().count(),
                                sending.count(),
                                (System.nanoTime() - startNanos) / 1_000_000,
                                settings.logClients() ? call.client().getHostAddress() : null,
                                state.errorId,
                                state.error),
                        System.nanoTime() - startNanos);
            }
        } finally {
            running.decrementAndGet();
        }
    }

    /** What became known of a call on its way. */
    private static final class State {
        @Nullable Route route;
        String allowed = "";
        boolean counted;
        int status;
        @Nullable String errorId;
        @Nullable String error;
    }

    private void answer(HttpCall call, Turn turn, Sending sending, State state) throws IOException {
        try {
            sending.send(withCookie(call, reply(call, state)));
        } catch (Throwable e) {
            // An error too: the JDK's server would leave the connection open behind it.
            fail(call, turn, sending, state, e);
        }
    }

    /** A session's new token comes with whatever the answer is: the old one soon ends. */
    private static Reply withCookie(HttpCall call, Reply reply) {
        String cookie = call.caller().setCookie();
        return cookie == null ? reply : reply.with("Set-Cookie", cookie);
    }

    private Reply reply(HttpCall call, State state) throws Exception {
        if (draining) {
            throw Errors.stopping();
        }
        call.checkHead();
        Origins.check(loopbackOnly, call.claim());
        Route route = route(call, state);
        state.route = route;
        if (route.access().kind() != Access.Kind.ANYBODY) {
            // Until the reply is sent: a stream is made while it is.
            state.counted = true;
            if (handled.incrementAndGet() > settings.limits().calls()) {
                throw Errors.busy();
            }
        }
        call.admitted(guard.admit(call, route.access()));
        return route.handler().handle(call);
    }

    private Route route(HttpCall call, State state) {
        var segments = Router.segments(call.path());
        Router.Match match = router.find(call.method(), segments);
        call.found('/' + String.join("/", segments), match.segments());
        if (match.route() != null) {
            return match.route();
        }
        if (match.allowed().isEmpty()) {
            throw HttpException.of(404, "not_found", "There is nothing at this address");
        }
        state.allowed = match.allowed();
        throw HttpException.of(
                405, "method_not_allowed", "This address takes " + match.allowed() + " alone");
    }

    /** Tells the client what failed where that is still possible; cuts the connection else. */
    private void fail(HttpCall call, Turn turn, Sending sending, State state, Throwable failure)
            throws IOException {
        Turn.Cut cut = turn.cut();
        if (cut == Turn.Cut.GONE
                || cut == Turn.Cut.WRITE_SLOW
                || (sending.failed() && cut == null)) {
            state.status = CLIENT_LEFT;
            throw new IOException("the client left", failure);
        }
        turn.settle(System.nanoTime());
        HttpException error = Errors.known(failure, cut);
        if (error == null) {
            state.errorId = Errors.number();
            state.error = failure.getClass().getName() + ": " + failure.getMessage();
            error = Errors.unknown(state.errorId);
        }
        state.status = error.status();
        if (sending.begun()) {
            throw new IOException("an answer was cut", failure);
        }
        Reply reply = errors.reply(call, error);
        if (!state.allowed.isEmpty()) {
            reply = reply.with("Allow", state.allowed);
        }
        try {
            sending.send(withCookie(call, reply));
        } catch (InterruptedException e) {
            throw new IOException("interrupted", e);
        }
    }
}
