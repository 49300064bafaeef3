package dev.snug.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.snug.runtime.json.Json;
import dev.snug.server.answer.PictureQuestion.HeatMapForm;
import dev.snug.server.answer.SpeechQuestion.Format;
import dev.snug.server.api.PictureJson;
import dev.snug.server.job.Job;
import dev.snug.server.job.Line;
import dev.snug.server.job.Outcome;
import dev.snug.server.job.Task;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;

/** Jobs over HTTP. The oracle is the document, which {@link Asking} holds each reply to. */
final class OpenApiJobsTest {
    private static final String JOBS = "/v1/jobs";
    private static final String JOB = "/v1/jobs/{id}";
    private static final String RESULT = "/v1/jobs/{id}/result";
    private static final String FORM = "multipart/form-data; boundary=B";

    /** Two pictures. */
    private static final String PICTURES =
            """
            --B
            Content-Disposition: form-data; name="picture"; filename="a.jpg"

            a
            --B
            Content-Disposition: form-data; name="picture"; filename="b.jpg"

            b
            --B--
            """
                    .replace("\n", "\r\n");

    @TempDir private Path folder;

    private StockedServer server;
    private Asking asking;

    @BeforeEach
    void start() throws Exception {
        server = new StockedServer(folder);
        asking = server.asking;
    }

    @AfterEach
    void end() {
        server.close();
    }

    /** The path of the job that was made. */
    private static String path(HttpResponse<byte[]> reply) {
        return reply.headers().firstValue("Location").orElseThrow();
    }

    private void posted(int status, String end, String path) throws Exception {
        HttpRequest.Builder request = asking.request(path + end).POST(BodyPublishers.noBody());
        asking.reply(status, JOB + end, request);
    }

    private Task task(Line line) throws Exception {
        return server.jobs.take(Set.of(line), Duration.ofSeconds(5)).orElseThrow();
    }

    private void finished(Task task, Outcome outcome) throws Exception {
        assertThat(server.jobs.finish(task, outcome, 1000)).isTrue();
    }

    private String state(String path) throws Exception {
        HttpResponse<byte[]> reply = asking.get(200, JOB, path + "?wait=0");
        return new ObjectMapper().readTree(reply.body()).path("state").textValue();
    }

    @Test
    void everyKindOfOrderIsTakenAsTheDocumentSays() throws Exception {
        asking.json(202, JOBS, "{\"text\": \"a\", \"name\": \"book\", \"format\": \"mp3\"}");
        asking.post(202, JOBS, JOBS + "?format=opus", "text/markdown", "# a");
        asking.post(202, JOBS, JOBS, FORM, PICTURES);
        asking.post(429, JOBS, JOBS, "text/plain", "a");
        asking.post(415, JOBS, JOBS, "text/html", "a");
        asking.post(413, JOBS, JOBS, "text/plain", "a".repeat(1001));
        asking.post(400, JOBS, JOBS + "?explain=true&heatmap=overlay", FORM, PICTURES);
        asking.get(200, JOBS);
    }

    @Test
    void anOrderThatIsSentAgainIsAnsweredAsTheDocumentSays() throws Exception {
        String first = path(asking.reply(202, JOBS, keyed("a")));
        assertThat(path(asking.reply(200, JOBS, keyed("a")))).isEqualTo(first);
        asking.reply(422, JOBS, keyed("b"));
    }

    private HttpRequest.Builder keyed(String text) {
        return asking.request(JOBS)
                .header("Content-Type", "text/plain")
                .header("Idempotency-Key", "k")
                .POST(BodyPublishers.ofString(text));
    }

    @Test
    void aBatchOfPicturesIsAsTheDocumentSaysFromItsOrderToItsEnd() throws Exception {
        String job = path(asking.post(202, JOBS, JOBS, FORM, PICTURES));
        assertThat(state(job)).isEqualTo("queued");
        asking.get(409, RESULT, job + "/result");
        posted(409, "/remove", job);
        byte[] answer =
                Json.bytes(
                        PictureJson.of(
                                new Stocked().classify(Stocked.PLAIN), HeatMapForm.NONE, null));
        finished(task(StockedServer.PICTURES), new Outcome.Answered(answer));
        assertThat(state(job)).isEqualTo("running");
        finished(
                task(StockedServer.PICTURES),
                new Outcome.Failed(new Job.Problem("failed", "a test says so")));
        assertThat(state(job)).isEqualTo("succeeded");

        asking.get(200, RESULT, job + "/result");
        HttpRequest.Builder lines = asking.request(job + "/result");
        OpenApi document = OpenApi.shipped();
        JsonNode result = document.schema("PictureResult");
        String text =
                Asking.text(
                        asking.reply(200, RESULT, lines.header("Accept", "application/x-ndjson")));
        assertThat(text.lines()).hasSize(2);
        for (String line : text.lines().toList()) {
            assertThat(document.errors(result, line.getBytes(StandardCharsets.UTF_8))).isEmpty();
        }
        posted(200, "/remove", job);
        asking.get(404, JOB, job);
    }

    @Test
    void aTextIsAsTheDocumentSaysFromItsOrderToItsSound() throws Exception {
        for (Format format : Format.values()) {
            String job = path(asking.json(202, JOBS, "{\"text\": \"a\"}"));
            Task task = task(StockedServer.SPEECH);
            Path sound = Files.writeString(server.jobs.workspace(task).resolve("sound"), "a");
            finished(task, new Outcome.Made(sound, format.type(), "book.sound"));
            assertThat(state(job)).isEqualTo("succeeded");
            HttpResponse<byte[]> reply = asking.get(200, RESULT, job + "/result");
            assertThat(reply.headers().firstValue("Content-Disposition")).isPresent();
        }
    }

    @Test
    void whatFailedOrWasCancelledIsAsTheDocumentSays() throws Exception {
        String failed = path(asking.json(202, JOBS, "{\"text\": \"a\"}"));
        finished(
                task(StockedServer.SPEECH),
                new Outcome.Failed(new Job.Problem(Job.Problem.GAVE_UP, "a test says so")));
        assertThat(state(failed)).isEqualTo("failed");
        asking.get(409, RESULT, failed + "/result");

        String cancelled = path(asking.json(202, JOBS, "{\"text\": \"a\"}"));
        posted(200, "/cancel", cancelled);
        assertThat(state(cancelled)).isEqualTo("cancelled");
        asking.get(409, RESULT, cancelled + "/result");
        posted(404, "/cancel", "/v1/jobs/none");
        asking.get(400, JOBS, JOBS + "?limit=1001");
    }
}
