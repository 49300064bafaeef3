package dev.snug.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Streams, many calls at once, and the end of a front, over real sockets. */
class FrontLifeTest {
    private static final Access ANYBODY = Access.ANYBODY;
    private static final Access OPEN = Access.open(Scope.STATUS);
    private static final Duration SECONDS_10 = Duration.ofSeconds(10);

    @TempDir Path folder;

    @Test
    void aStreamArrivesWhileItIsMade() throws Exception {
        CountDownLatch heard = new CountDownLatch(1);
        Route sound =
                Route.get(
                        "/sound",
                        OPEN,
                        call ->
                                Reply.stream(
                                        "audio/wav",
                                        out -> {
                                            out.write("first".getBytes(StandardCharsets.UTF_8));
                                            out.flush();
                                            heard.await();
                                            out.write("second".getBytes(StandardCharsets.UTF_8));
                                        }));
        try (TestFront front = TestFront.open(folder, sound);
                Socket socket = front.connect()) {
            TestFront.send(socket, TestFront.get("/sound"));
            StringBuilder got = new StringBuilder();
            while (got.indexOf("first") < 0) {
                got.append((char) socket.getInputStream().read());
            }
            heard.countDown();

            assertThat(got + TestFront.all(socket))
                    .contains("Transfer-encoding: chunked\r\n")
                    .endsWith("5\r\nfirst\r\n6\r\nsecond\r\n0\r\n\r\n");
        }
    }

    @Test
    void aStreamThatFailsIsAnErrorBeforeItsFirstByteAndACutAfterwards() throws IOException {
        Route early = Route.get("/early", OPEN, call -> failing(0));
        Route late = Route.get("/late", OPEN, call -> failing(9000));
        try (TestFront front = TestFront.open(folder, early, late)) {
            assertThat(front.ask(TestFront.get("/early"))).startsWith("HTTP/1.1 500 ");
            assertThat(front.ask(TestFront.get("/late")))
                    .startsWith("HTTP/1.1 200 ")
                    .doesNotContain("\r\n0\r\n");
        }
    }

    @Test
    void moreCallsThanAllowedAreToldToComeAgainButHealthIsAlwaysTold() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        Reply.Writer late =
                out -> {
                    entered.countDown();
                    leave.await();
                    out.write("late".getBytes(StandardCharsets.UTF_8));
                };
        Route slow = Route.get("/slow", OPEN, call -> Reply.stream("audio/wav", late));
        Route health = Route.get("/healthz", ANYBODY, call -> Reply.text(200, "ok"));
        FrontLimits one =
                new FrontLimits(
                        TestFront.SHORT.head(),
                        TestFront.SHORT.body(),
                        TestFront.SHORT.write(),
                        TestFront.SHORT.deadline(),
                        TestFront.SHORT.look(),
                        128,
                        1);
        FrontSettings settings = TestFront.settings(folder).withLimits(one);
        try (TestFront front = TestFront.open(settings, slow, health);
                Socket first = front.connect()) {
            TestFront.send(first, TestFront.get("/slow"));
            assertThat(entered.await(5, TimeUnit.SECONDS)).isTrue();

            assertThat(front.ask(TestFront.get("/slow")))
                    .startsWith("HTTP/1.1 503 ")
                    .contains("Retry-after: 1\r\n")
                    .contains("\"code\" : \"busy\"");
            assertThat(front.ask(TestFront.get("/healthz"))).startsWith("HTTP/1.1 200 ");
            leave.countDown();
            assertThat(TestFront.all(first)).endsWith("\r\nlate\r\n0\r\n\r\n");
        }
    }

    @Test
    void drainingLetsCallsFinishAndTurnsNewOnesAway() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        Route slow =
                Route.get(
                        "/slow",
                        OPEN,
                        call -> {
                            entered.countDown();
                            leave.await();
                            return hello("late");
                        });
        try (TestFront front = TestFront.open(folder, slow);
                Socket first = front.connect()) {
            TestFront.send(first, TestFront.get("/slow"));
            assertThat(entered.await(5, TimeUnit.SECONDS)).isTrue();
            Thread drain = Thread.ofVirtual().start(() -> front.front().drain(SECONDS_10));
            // Never the slow route: asked before the draining began, it would wait as the first
            // does.
            String turnedAway = front.ask(TestFront.get("/nothing"));
            while (!turnedAway.startsWith("HTTP/1.1 503 ")) {
                turnedAway = front.ask(TestFront.get("/nothing"));
            }
            leave.countDown();

            assertThat(turnedAway)
                    .contains("Connection: close\r\n")
                    .contains("Retry-after: 1\r\n")
                    .contains("\"code\" : \"stopping\"");
            assertThat(TestFront.all(first)).endsWith("hello late");
            assertThat(drain.join(Duration.ofSeconds(5))).isTrue();
            assertThatThrownBy(front::connect).isInstanceOf(IOException.class);
        }
    }

    @Test
    void aCallThatDoesNotEndWhileDrainingIsInterrupted() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        Route forever =
                Route.get(
                        "/forever",
                        OPEN,
                        call -> {
                            entered.countDown();
                            Thread.sleep(60_000);
                            return hello("never");
                        });
        try (TestFront front = TestFront.open(folder, forever);
                Socket socket = front.connect()) {
            TestFront.send(socket, TestFront.get("/forever"));
            assertThat(entered.await(5, TimeUnit.SECONDS)).isTrue();
            front.front().drain(Duration.ofMillis(50));

            assertThat(TestFront.all(socket))
                    .startsWith("HTTP/1.1 503 ")
                    .contains("\"code\" : \"stopping\"");
        }
    }

    @Test
    void anAddressThatIsTakenIsAnError() throws IOException {
        try (TestFront front = TestFront.open(folder)) {
            InetSocketAddress taken = front.front().address();
            FrontSettings same = FrontSettings.of(taken, folder.resolve("other"));
            assertThatThrownBy(() -> TestFront.open(same)).isInstanceOf(BindException.class);
        }
    }

    /** What the JDK's server bounds for the whole process, by what JdkLimits set first. */
    @Test
    void aHeadThatIsTooLargeAndConnectionsThatAreTooManyAreCut() throws IOException {
        int most = Integer.getInteger("jdk.httpserver.maxConnections", 0);
        try (TestFront front = TestFront.open(folder)) {
            most = Integer.getInteger("jdk.httpserver.maxConnections", most);
            assertThat(most).isBetween(1, 1000);
            try (Socket socket = front.connect()) {
                TestFront.send(socket, TestFront.get("/", "X: " + "y".repeat(20_000)));
                assertThat(ended(socket)).isTrue();
            }
            List<Socket> many = new ArrayList<>();
            try {
                for (int i = 0; i <= most; i++) {
                    many.add(front.connect());
                }
                assertThat(ended(many.getLast())).isTrue();
            } finally {
                for (Socket socket : many) {
                    socket.close();
                }
            }
        }
    }

    /**
     * The JDK's server never forgets a connection that it closed because a body was broken; when
     * they were as many as it allows, it answered nobody any more.
     */
    @Test
    void brokenCallsDoNotUseUpTheConnections() throws Exception {
        Route see =
                Route.post(
                        "/see",
                        OPEN,
                        call -> {
                            if (call.query("read").isPresent()) {
                                call.body(100);
                            }
                            return Reply.seeOther("/");
                        });
        String cut = " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\nabc";
        String garbage = " HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nxx\r\n";
        String[] broken = {
            "POST /see" + cut,
            "POST /see?read=1" + cut,
            "HEAD /nothing" + cut,
            "POST /nothing" + cut,
            "POST /see" + garbage,
            "POST /see?read=1" + garbage,
            "POST /nothing" + garbage
        };
        try (TestFront front = TestFront.open(folder, see)) {
            int most = Integer.getInteger("jdk.httpserver.maxConnections", 0);
            for (int i = 0; i < most + broken.length; i++) {
                try (Socket socket = front.connect()) {
                    TestFront.send(socket, broken[i % broken.length]);
                    socket.shutdownOutput();
                    assertThat(TestFront.all(socket)).startsWith("HTTP/1.1 ");
                }
            }
            assertThat(front.ask(TestFront.post("/see", ""))).startsWith("HTTP/1.1 303 ");
        }
    }

    private static boolean ended(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private static Reply hello(String name) {
        return Reply.text(200, "hello " + name);
    }

    private static Reply failing(int bytes) {
        return Reply.stream(
                "audio/wav",
                out -> {
                    out.write(new byte[bytes]);
                    throw new IOException("the worker died");
                });
    }
}
