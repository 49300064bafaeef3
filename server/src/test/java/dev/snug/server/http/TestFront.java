package dev.snug.server.http;

import dev.snug.server.metrics.Metrics;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** A front on loopback with short limits, and a client that says exactly what a test wants. */
final class TestFront implements AutoCloseable {
    /** Short enough for tests, long enough for a busy machine. */
    static final FrontLimits SHORT =
            new FrontLimits(
                    Duration.ofMillis(800),
                    Duration.ofMillis(800),
                    Duration.ofMillis(800),
                    Duration.ofSeconds(30),
                    Duration.ofMillis(50),
                    128,
                    64);

    /** Ten seconds: on a busy machine a thread may wait long for its turn. */
    private static final int LOOKS = 1000;

    private static final int LOOK_MILLIS = 10;

    final Metrics metrics = new Metrics();
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final HttpFront front;

    private TestFront(
            FrontSettings settings, Guard guard, ErrorPages pages, Spool spool, List<Route> routes)
            throws IOException {
        PrintStream out = new PrintStream(log, true, StandardCharsets.UTF_8);
        front =
                HttpFront.open(
                        settings, routes, guard, pages, metrics, new RequestLog(out, false), spool);
    }

    static FrontSettings settings(Path folder) {
        InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        return FrontSettings.of(any, folder.resolve("spool")).withLimits(SHORT);
    }

    static TestFront open(Path folder, Route... routes) throws IOException {
        return open(settings(folder), routes);
    }

    static TestFront open(FrontSettings settings, Route... routes) throws IOException {
        return open(settings, Spool.open(settings.spool()), routes);
    }

    static TestFront open(FrontSettings settings, Spool spool, Route... routes) throws IOException {
        Guard open = (call, access) -> Caller.NOBODY;
        return new TestFront(settings, open, ErrorPages.NONE, spool, List.of(routes));
    }

    static TestFront open(FrontSettings settings, Guard guard, ErrorPages pages, Route... routes)
            throws IOException {
        Spool spool = Spool.open(settings.spool());
        return new TestFront(settings, guard, pages, spool, List.of(routes));
    }

    HttpFront front() {
        return front;
    }

    /** What was logged so far. */
    String log() {
        return log.toString(StandardCharsets.UTF_8);
    }

    /** Waits until the log has this: a call is noted after its client has the answer. */
    String logWith(String text) throws InterruptedException {
        return with(this::log, text);
    }

    /** Waits until the metrics have this. */
    String metricsWith(String text) throws InterruptedException {
        return with(metrics::text, text);
    }

    private static String with(Supplier<String> source, String text) throws InterruptedException {
        for (int i = 0; i < LOOKS && !source.get().contains(text); i++) {
            Thread.sleep(LOOK_MILLIS);
        }
        return source.get();
    }

    Socket connect() throws IOException {
        Socket socket = new Socket(front.address().getAddress(), front.address().getPort());
        socket.setSoTimeout(5000);
        return socket;
    }

    /** The whole answer to a request whose connection ends with it. */
    String ask(String request) throws IOException {
        try (Socket socket = connect()) {
            send(socket, request);
            return all(socket);
        }
    }

    /** The head of a GET that ends its connection, with more lines. */
    static String get(String path, String... lines) {
        return request("GET " + path, "", lines);
    }

    /** A POST that ends its connection, with more lines. */
    static String post(String path, String body, String... lines) {
        List<String> more = new ArrayList<>(List.of(lines));
        more.add("Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length);
        return request("POST " + path, body, more.toArray(String[]::new));
    }

    static String request(String what, String body, String... lines) {
        StringBuilder text = new StringBuilder(what).append(" HTTP/1.1\r\nConnection: close\r\n");
        boolean host = false;
        for (String line : lines) {
            text.append(line).append("\r\n");
            host |= line.startsWith("Host:");
        }
        return text + (host ? "\r\n" : "Host: localhost\r\n\r\n") + body;
    }

    static void send(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** All that comes until the server ends the connection. */
    static String all(Socket socket) throws IOException {
        InputStream in = socket.getInputStream();
        return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        front.close();
    }
}
