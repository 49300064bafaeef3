package dev.snug.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.snug.cli.serve.Client.Answer;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * What goes wrong with one request costs that request alone. The oracles: the sound that the
 * command line pipes, the kernel's word on processes, their time and their files.
 */
@Timeout(120)
final class ServedFaultsIT {
    private static final String SENTENCE = "Xin chào các bạn. ";

    /** Takes some ten seconds at least. */
    private static final String LONG = SENTENCE.repeat(800);

    private static final String TASK = "SpeechTask";

    /** The whole head of a WAV file and some samples. */
    private static final int BEGINNING_BYTES = 4096;

    @TempDir private static Path folder;

    private static Snug snug;
    private static Serving serving;
    private static byte[] spoken = new byte[0];

    @BeforeAll
    static void start() throws Exception {
        snug = Snug.in(folder).withClassifier();
        spoken = snug.done("speak", SENTENCE, "-o", "-").out();
        serving = snug.serve("--text-chars", "20000", "--cache-entries", "0");
    }

    @AfterAll
    static void end() throws Exception {
        serving.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"KILL", "ABRT"})
    void aWorkerThatDiesCostsItsRequestAndNoOther(String signal) throws Exception {
        Client client = serving.client();
        try (InputStream sound = begun(client.stream(LONG))) {
            ProcessHandle worker = serving.worker(TASK);
            client.classify(Snug.PICTURE, "").status(200);
            Serving.signal(worker, signal);
            client.classify(Snug.PICTURE, "?explain=true").status(200);

            assertThatThrownBy(sound::readAllBytes).isInstanceOf(IOException.class);
            assertThat(client.speak(SENTENCE).status(200).body()).isEqualTo(spoken);
            assertThat(serving.worker(TASK).pid()).isNotEqualTo(worker.pid());
            assertThat(serving.front().isAlive()).isTrue();
        }
    }

    @Test
    void theWorkerStopsSoonAfterItsClientLeft() throws Exception {
        Client client = serving.client();
        try (Socket leaving = client.asking(LONG)) {
            assertThat(leaving.getInputStream().readNBytes(BEGINNING_BYTES))
                    .hasSize(BEGINNING_BYTES);
        }
        ProcessHandle worker = serving.worker(TASK);
        Serving.await("the worker is idle", 5, () -> isIdle(worker));
        assertThat(client.speak(SENTENCE).status(200).body()).isEqualTo(spoken);
        assertThat(serving.worker(TASK).pid()).as("it was not killed").isEqualTo(worker.pid());
    }

    @Test
    void aClientThatClosesOnlyItsOwnDirectionCountsAsGone() throws Exception {
        Client client = serving.client();
        double before = cuts(client);
        try (Socket leaving = client.asking(LONG)) {
            leaving.shutdownOutput();
            // Nothing else tells the front: what it sends is still taken.
            leaving.getInputStream().readAllBytes();
        } catch (IOException e) {
            assertThat(e).as("the connection is cut").isNotNull();
        }
        assertThat(cuts(client)).isEqualTo(before + 1);
        assertThat(client.speak(SENTENCE).status(200).body()).isEqualTo(spoken);
    }

    private static double cuts(Client client) throws IOException, InterruptedException {
        return client.metric("snug_http_cuts_total{reason=\"gone\"}", 0);
    }

    /** Whether a process used less than a tenth of a quarter of a second. */
    private static boolean isIdle(ProcessHandle process) {
        Duration before = process.info().totalCpuDuration().orElseThrow();
        try {
            Thread.sleep(250);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Duration after = process.info().totalCpuDuration().orElseThrow();
        return after.minus(before).toMillis() < 25;
    }

    @Test
    void aBodyThatEndsEarlyIsOneClearErrorAndLeavesNoFile() throws Exception {
        Client client = serving.client();
        byte[] half = Arrays.copyOf(Files.readAllBytes(Snug.PICTURE), 5000);
        try (Socket sender = client.sent("POST /v1/classifications", "image/png", 9000, half)) {
            sender.shutdownOutput();
            String reply =
                    new String(sender.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(reply).startsWith("HTTP/1.1 400 ").contains("\"body_incomplete\"");
            assertThat(reply.split("HTTP/1.1 ", -1)).hasSize(2);
        }
        try (Socket gone = client.sent("POST /v1/classifications", "image/png", 9000, half)) {
            gone.setSoLinger(true, 0);
        }
        Serving.await("no file is left", 5, ServedFaultsIT::isSpoolEmpty);
        client.classify(Snug.PICTURE, "").status(200);
    }

    @Test
    void whatIsNoPictureIsOneClearErrorAndLeavesNoFile() throws Exception {
        Client client = serving.client();
        byte[] text = "no picture ".repeat(500).getBytes(StandardCharsets.UTF_8);
        byte[] cut = Arrays.copyOf(Files.readAllBytes(Snug.PICTURE), 5000);
        for (byte[] wrong : List.of(text, cut)) {
            Answer refused = client.classify(wrong, "").status(400);
            assertThat(refused.code()).isEqualTo("bad_question");
            assertThat(refused.text()).doesNotContain(folder.toString());
            assertThat(isSpoolEmpty()).isTrue();
        }
        client.classify(Snug.PICTURE, "").status(200);
    }

    private static boolean isSpoolEmpty() {
        try {
            List<Path> left = Serving.left(snug.data());
            assertThat(left).as("the run folder is there").isNotEmpty();
            return left.stream().noneMatch(Files::isRegularFile);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aFullDiskIsSaidAndOthersAreServed() throws Exception {
        Path disk = Files.createDirectories(folder.resolve("disk"));
        String mounting = "mount -t tmpfs -o size=1m none '" + disk + "' && exec \"$@\"";
        List<String> words = List.of("unshare", "-rm", "sh", "-c", mounting, "sh");
        int mounts =
                snug.behind(
                                List.of(
                                        "unshare",
                                        "-rm",
                                        "sh",
                                        "-c",
                                        "mount -t tmpfs -o size=1m none '" + disk + "'"))
                        .run()
                        .exitCode();
        assumeTrue(mounts == 0, "mounting is not allowed here");

        Snug small = snug.behind(words);
        try (Serving full = small.serve("--data", disk.toString())) {
            Client client = full.client();
            Answer refused = client.classify(new byte[4 << 20], "").status(507);
            assertThat(refused.code()).isEqualTo("disk_full");
            client.classify(Snug.PICTURE, "").status(200);
            assertThat(client.speak(SENTENCE).status(200).body()).isEqualTo(spoken);
            client.classify(new byte[4 << 20], "").status(507);
        }
    }

    /** The sound of which the first part came. */
    private static InputStream begun(HttpResponse<InputStream> response) throws IOException {
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body().readNBytes(BEGINNING_BYTES)).hasSize(BEGINNING_BYTES);
        return response.body();
    }
}
