package dev.snug.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Clients that are slow, leave, or send too much, over real sockets. Limits are 400 ms here; a test
 * that waits in vain fails after the five seconds that its socket waits for an answer.
 */
class ClientLimitsTest {
    private static final Access OPEN = Access.open(Scope.STATUS);

    @TempDir Path folder;

    @Test
    void aHeadThatComesDropByDropIsCut() throws Exception {
        try (TestFront front = TestFront.open(folder, size());
                Socket socket = front.connect()) {
            AtomicBoolean cut = new AtomicBoolean();
            Thread drops =
                    Thread.ofVirtual().start(() -> drop(socket, "GET /size HTTP/1.1\r\nX: "));
            cut.set(ended(socket));

            assertThat(cut).isTrue();
            assertThat(drops.join(Duration.ofSeconds(5))).isTrue();
            String cuts = "snug_http_cuts_total{reason=\"head_slow\"} 1\n";
            assertThat(front.metricsWith(cuts)).contains(cuts);
        }
    }

    @Test
    void aBodyThatComesDropByDropIsCut() throws Exception {
        try (TestFront front = TestFront.open(folder, size());
                Socket socket = front.connect()) {
            String head = "POST /size HTTP/1.1\r\nHost: localhost\r\nContent-Length: 900\r\n\r\n";
            Thread drops = Thread.ofVirtual().start(() -> drop(socket, head));

            assertThat(ended(socket)).isTrue();
            assertThat(drops.join(Duration.ofSeconds(5))).isTrue();
            assertThat(front.logWith("POST")).contains(" POST /size 408 ");
            String cuts = "snug_http_cuts_total{reason=\"body_slow\"} 1\n";
            assertThat(front.metricsWith(cuts)).contains(cuts);
        }
    }

    @Test
    void aClientThatDoesNotTakeItsAnswerIsCut() throws Exception {
        Route endless = Route.get("/endless", OPEN, call -> endless());
        try (TestFront front = TestFront.open(folder, endless);
                Socket socket = front.connect()) {
            TestFront.send(socket, TestFront.get("/endless"));

            assertThat(front.logWith("GET")).contains(" GET /endless 499 ");
            String cuts = "snug_http_cuts_total{reason=\"write_slow\"} 1\n";
            assertThat(front.metricsWith(cuts)).contains(cuts);
        }
    }

    @Test
    void aBodyThatEndsEarlyIsAnError() throws Exception {
        try (TestFront front = TestFront.open(folder, size());
                Socket socket = front.connect()) {
            TestFront.send(
                    socket,
                    "POST /size HTTP/1.1\r\nHost: localhost\r\nContent-Length: 90\r\n\r\nabc");
            socket.shutdownOutput();

            assertThat(TestFront.all(socket))
                    .startsWith("HTTP/1.1 400 ")
                    .contains("\"code\" : \"body_incomplete\"");
        }
    }

    @Test
    void chunksThatAreBrokenAreAnError() throws Exception {
        try (TestFront front = TestFront.open(folder, size())) {
            String head = TestFront.request("POST /size", "", "Transfer-Encoding: chunked");
            assertThat(front.ask(head + "5\r\nabcde\r\n0\r\n\r\n")).endsWith("\r\n\r\n5");
            assertThat(front.ask(head + "x\r\nabcde\r\n0\r\n\r\n")).startsWith("HTTP/1.1 400 ");
            // Beyond an int: the JDK's reader takes it for a negative length.
            assertThat(front.ask(head + "ffffffff\r\nabcde\r\n0\r\n\r\n"))
                    .startsWith("HTTP/1.1 400 ");
        }
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedBeforeItComesAndItsSenderSeesTheAnswer() throws Exception {
        try (TestFront front = TestFront.open(folder, size());
                Socket socket = front.connect()) {
            String body = "x".repeat(300_000);
            assertThat(front.ask(TestFront.post("/size", body)))
                    .startsWith("HTTP/1.1 413 ")
                    .contains("Connection: close\r\n")
                    .contains("\"code\" : \"too_large\"");
            TestFront.send(
                    socket,
                    "POST /size HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                            + "401\r\n"
                            + "x".repeat(0x401)
                            + "\r\n0\r\n\r\n");
            assertThat(TestFront.all(socket)).startsWith("HTTP/1.1 413 ");
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whoLeavesEndsTheWorkOfTheirCall() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        AtomicBoolean leaked = new AtomicBoolean();
        Route work = Route.get("/work", OPEN, call -> work(entered, interrupted));
        Route next =
                Route.get(
                        "/next",
                        OPEN,
                        call -> {
                            leaked.set(Thread.currentThread().isInterrupted());
                            return Reply.text(200, "next");
                        });
        try (TestFront front = TestFront.open(folder, work, next)) {
            try (Socket socket = front.connect()) {
                TestFront.send(socket, TestFront.get("/work"));
                assertThat(entered.await(5, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(interrupted.await(5, TimeUnit.SECONDS)).isTrue();
            assertThat(front.logWith("GET")).contains(" GET /work 499 ");
            assertThat(front.ask(TestFront.get("/next"))).endsWith("next");
            assertThat(leaked).isFalse();
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void whoResetsTheConnectionEndsTheWorkOfTheirCallToo() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        Route work = Route.get("/work", OPEN, call -> work(entered, interrupted));
        try (TestFront front = TestFront.open(folder, work)) {
            try (Socket socket = front.connect()) {
                socket.setSoLinger(true, 0);
                TestFront.send(socket, TestFront.get("/work"));
                assertThat(entered.await(5, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(interrupted.await(5, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void whoWaitsIsNotTakenForGone() throws Exception {
        try (TestFront front = TestFront.open(folder, patient())) {
            assertThat(front.ask(TestFront.get("/patient"))).endsWith("at last");
        }
    }

    @Test
    void whereTheKernelHasNoTableNobodyIsTakenForGone() throws Exception {
        FrontSettings usual = TestFront.settings(folder);
        FrontSettings blind =
                new FrontSettings(
                        usual.address(), usual.spool(), false, false, folder, usual.limits());
        try (TestFront front = TestFront.open(blind, patient())) {
            assertThat(front.ask(TestFront.get("/patient"))).endsWith("at last");
        }
    }

    @Test
    void aCallBeyondItsDeadlineIsInterruptedAndTold() throws Exception {
        AtomicReference<String> ended = new AtomicReference<>("");
        Route slow =
                Route.get(
                        "/slow",
                        OPEN,
                        call -> {
                            try {
                                Thread.sleep(60_000);
                            } catch (InterruptedException e) {
                                ended.set("interrupted");
                                throw e;
                            }
                            return Reply.text(200, "never");
                        });
        FrontLimits limits = TestFront.SHORT.withDeadline(Duration.ofMillis(300));
        try (TestFront front =
                TestFront.open(TestFront.settings(folder).withLimits(limits), slow)) {
            assertThat(front.ask(TestFront.get("/slow")))
                    .startsWith("HTTP/1.1 503 ")
                    .contains("Retry-after: 1\r\n")
                    .contains("\"code\" : \"deadline\"");
            assertThat(ended).hasValue("interrupted");
        }
    }

    @Test
    void aStreamBeyondItsDeadlineIsCut() throws Exception {
        Route endless = Route.get("/endless", OPEN, call -> dripping());
        FrontLimits limits = TestFront.SHORT.withDeadline(Duration.ofMillis(300));
        try (TestFront front =
                TestFront.open(TestFront.settings(folder).withLimits(limits), endless)) {
            assertThat(front.ask(TestFront.get("/endless")))
                    .startsWith("HTTP/1.1 200 ")
                    .doesNotEndWith("0\r\n\r\n");
            assertThat(front.logWith("GET")).contains(" GET /endless 503 ");
        }
    }

    private static Route size() {
        return Route.post(
                "/size", OPEN, call -> Reply.text(200, Integer.toString(call.body(1024).length)));
    }

    private static Route patient() {
        return Route.get(
                "/patient",
                OPEN,
                call -> {
                    Thread.sleep(600);
                    return Reply.text(200, "at last");
                });
    }

    private static Reply work(CountDownLatch entered, CountDownLatch interrupted)
            throws InterruptedException {
        entered.countDown();
        try {
            Thread.sleep(60_000);
        } catch (InterruptedException e) {
            interrupted.countDown();
            throw e;
        }
        return Reply.text(200, "never");
    }

    private static Reply endless() {
        return Reply.stream(
                "audio/wav",
                out -> {
                    byte[] piece = new byte[64 << 10];
                    while (true) {
                        out.write(piece);
                    }
                });
    }

    private static Reply dripping() {
        return Reply.stream(
                "audio/wav",
                out -> {
                    while (true) {
                        out.write(1);
                        out.flush();
                        Thread.sleep(20);
                    }
                });
    }

    /** Sends a start, then one character after the other until the connection ends. */
    private static void drop(Socket socket, String start) {
        try {
            TestFront.send(socket, start);
            OutputStream out = socket.getOutputStream();
            for (int i = 0; i < 500; i++) {
                out.write('x');
                out.flush();
                Thread.sleep(10);
            }
        } catch (IOException e) {
            // The server cut it, which the test sees by reading.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the server ended the connection without an answer. */
    private static boolean ended(Socket socket) throws IOException {
        try {
            return socket.getInputStream().read() < 0;
        } catch (SocketException e) {
            return true;
        }
    }
}
