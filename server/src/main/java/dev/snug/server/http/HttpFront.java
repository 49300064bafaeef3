package dev.snug.server.http;

import com.sun.net.httpserver.HttpServer;

import dev.snug.server.metrics.Counter;
import dev.snug.server.metrics.Metrics;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * A listening server: the JDK's own, with a virtual thread for each exchange.
 *
 * <p>It bounds what a client may take (connections, heads, bodies, time), ends calls whose client
 * left or whose deadline passed by interrupting their thread, and puts the same protecting headers
 * on every reply. It speaks HTTP/1.1 without encryption: a proxy before it does that.
 */
public final class HttpFront implements AutoCloseable {
    private static final int BACKLOG = 128;
    private static final long POLL_MILLIS = 10;

    /** Time that calls have to end once they were interrupted. */
    private static final Duration LAST = Duration.ofSeconds(1);

    private final HttpServer server;
    private final Exchanges exchanges;
    private final Watch watch;
    private final InetSocketAddress address;

    private HttpFront(HttpServer server, Exchanges exchanges, Watch watch) {
        this.server = server;
        this.exchanges = exchanges;
        this.watch = watch;
        this.address = server.getAddress();
    }

    /**
     * Listens and answers.
     *
     * @param guard decides about every call that has a route
     * @param metrics gets {@code snug_http_…}; of one front alone
     * @throws IOException when the address is taken or the spool cannot be made
     * @throws IllegalArgumentException when two routes are the same
     */
    public static HttpFront open(
            FrontSettings settings,
            List<Route> routes,
            Guard guard,
            ErrorPages pages,
            Metrics metrics,
            RequestLog log)
            throws IOException {
        return open(settings, routes, guard, pages, metrics, log, Spool.open(settings.spool()));
    }

    static HttpFront open(
            FrontSettings settings,
            List<Route> routes,
            Guard guard,
            ErrorPages pages,
            Metrics metrics,
            RequestLog log,
            Spool spool)
            throws IOException {
        JdkLimits.set(settings.limits());
        Router router = new Router(routes);
        CallLog calls = new CallLog(metrics, log);
        Counter cuts =
                metrics.counter("snug_http_cuts_total", "Exchanges that were cut short.", "reason");
        HttpServer server = HttpServer.create(settings.address(), BACKLOG);
        Watch watch = new Watch(settings.limits(), new Departures(settings.proc()), cuts);
        Exchanges exchanges =
                new Exchanges(settings, router, guard, new Errors(pages), watch, spool, calls);
        metrics.gauge("snug_http_requests_in_flight", "Calls that run.", exchanges::running);
        server.createContext("/", exchanges);
        server.setExecutor(
                exchange -> Thread.ofVirtual().name("call").start(() -> watch.run(exchange)));
        server.start();
        return new HttpFront(server, exchanges, watch);
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return address;
    }

    /**
     * Stops: new calls get 503 and their connection's end while those that run go on, for at most
     * {@code time}; then they are interrupted and everything is closed.
     */
    public void drain(Duration time) {
        exchanges.drain();
        if (!await(time)) {
            watch.endAll();
            await(LAST);
        }
        server.stop(0);
        watch.close();
    }

    /** Stops without waiting for calls. */
    @Override
    public void close() {
        drain(Duration.ZERO);
    }

    /** Whether no call runs any more. */
    private boolean await(Duration time) {
        long end = System.nanoTime() + time.toNanos();
        try {
            while (exchanges.running() > 0) {
                if (System.nanoTime() - end >= 0) {
                    return false;
                }
                Thread.sleep(POLL_MILLIS);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return exchanges.running() == 0;
        }
    }
}
