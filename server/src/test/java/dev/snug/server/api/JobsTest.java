package dev.snug.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.runtime.json.Json;
import dev.snug.server.job.Job.Problem;
import dev.snug.server.job.JobQuestion;
import dev.snug.server.job.JobQuestions;
import dev.snug.server.job.Outcome;
import dev.snug.server.job.Task;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Jobs over a real front and store; the work is done by the test. */
final class JobsTest extends JobsOverHttp {
    @Test
    void aTextIsTakenInSpokenAndFetched() throws Exception {
        HttpResponse<String> accepted =
                post(
                        "/v1/jobs",
                        "application/json",
                        "{\"text\": \"Xin chào.\", \"voice\": \"Lan\"}");
        assertThat(accepted.statusCode()).isEqualTo(202);
        String at = accepted.headers().firstValue("Location").orElseThrow();
        assertThat(json(accepted)).containsEntry("state", "queued").containsEntry("result", null);
        assertThat(get(at + "/result").statusCode()).isEqualTo(409);

        Task task = store.take(Set.of(SPEECH), Duration.ofSeconds(5)).orElseThrow();
        assertThat(store.file(task)).hasContent("Xin chào.");
        assertThat(JobQuestions.read(task.order().question()))
                .isInstanceOfSatisfying(
                        JobQuestion.Document.class,
                        asked -> assertThat(asked.speech().voice()).isEqualTo("Lan"));
        store.progress(task, 1, 4, 2500);
        assertThat(json(get(at)))
                .containsEntry("state", "running")
                .containsEntry("eta_seconds", 8L)
                .containsEntry("progress", Map.of("done", 1L, "total", 4L, "failed", 0L));
        Path made = Files.writeString(store.workspace(task).resolve("s"), "a sound");
        store.finish(task, new Outcome.Made(made, "audio/mpeg", "Dế \"1\".mp3"), 1);

        assertThat(json(get(at + "?wait=5"))).containsEntry("result", at + "/result");
        HttpResponse<String> sound = get(at + "/result");
        assertThat(sound.body()).isEqualTo("a sound");
        assertThat(sound.headers().firstValue("Content-Length")).contains("7");
        assertThat(sound.headers().firstValue("Content-Type")).contains("audio/mpeg");
        assertThat(sound.headers().firstValue("Content-Disposition"))
                .contains(
                        "attachment; filename=\"D_ _1_.mp3\";"
                                + " filename*=UTF-8''D%E1%BA%BF%20%221%22.mp3");
        assertThat(post(at + "/remove", "text/plain", "").statusCode()).isEqualTo(200);
        assertRefused(get(at), 404, "job_not_found");
        try (var left = Files.list(folder)) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .noneMatch(name -> name.startsWith("text-"));
        }
    }

    @Test
    void picturesAreAnsweredOneByOne() throws Exception {
        String at =
                form("picture|a.png|one", "picture|b.png|two", "explain||true")
                        .headers()
                        .firstValue("Location")
                        .orElseThrow();
        Task first = store.take(Set.of(PICTURES), Duration.ofSeconds(5)).orElseThrow();
        store.finish(first, new Outcome.Answered(Json.bytes(Map.of("model", "a  b"))), 1);
        Task second = store.take(Set.of(PICTURES), Duration.ofSeconds(5)).orElseThrow();
        assertThat(store.file(second)).hasContent("two");
        store.finish(second, new Outcome.Failed(new Problem("bad_question", "no picture")), 1);

        Map<String, @Nullable Object> json = json(get(at + "/result"));
        assertThat(json)
                .containsEntry(
                        "results",
                        List.of(
                                Map.of("name", "a.png", "answer", Map.of("model", "a  b")),
                                Map.of(
                                        "name",
                                        "b.png",
                                        "error",
                                        Map.of("code", "bad_question", "message", "no picture"))));
        HttpResponse<String> lines =
                send(request(at + "/result").header("Accept", JobResults.LINES).build());
        assertThat(lines.body().split("\n")).hasSize(2).allMatch(line -> line.startsWith("{"));
    }

    @Test
    void aDocumentIsTheBodyAndTheQueryAsksTheRest() throws Exception {
        HttpResponse<String> accepted =
                post("/v1/jobs?name=book&format=opus&speed=1.5", "text/markdown", "# One\n\nTwo.");
        assertThat(accepted.statusCode()).isEqualTo(202);
        Task task = store.take(Set.of(SPEECH), Duration.ofSeconds(5)).orElseThrow();
        assertThat(store.file(task)).hasContent("# One\n\nTwo.");
        JobQuestion.Document asked =
                (JobQuestion.Document) JobQuestions.read(task.order().question());
        assertThat(asked.document()).isEqualTo(JobQuestion.Document.Kind.MARKDOWN);
        assertThat(asked.name()).isEqualTo("book");
        assertThat(asked.speech().speed()).isEqualTo(1.5);
    }

    @Test
    void theSameKeyIsTheSameJob() throws Exception {
        String body = "{\"text\": \"one\"}";
        HttpResponse<String> first = keyed("k", body);
        HttpResponse<String> again = keyed("k", body);
        assertThat(List.of(first.statusCode(), again.statusCode())).containsExactly(202, 200);
        assertThat(json(again)).containsEntry("id", json(first).get("id"));
        assertRefused(keyed("k", "{\"text\": \"two\"}"), 422, "idempotency_key_reused");
        assertRefused(keyed("k".repeat(201), body), 400, "bad_question");
    }

    @Test
    void whatIsWrongIsRefusedAtOnce() throws Exception {
        String type = "application/json";
        assertRefused(post("/v1/jobs", type, "{\"text\": \" \"}"), 400, "bad_question");
        assertRefused(post("/v1/jobs", type, "{\"txt\": \"a\"}"), 400, "bad_question");
        assertRefused(
                post("/v1/jobs", type, "{\"text\": \"a\", \"voice\": \"x\"}"), 400, "bad_question");
        assertRefused(
                post("/v1/jobs", type, "{\"text\": \"a\", \"model\": \"x\"}"),
                404,
                "model_not_found");
        String long_ = "{\"text\": \"" + "a".repeat(JobOrders.TEXT_CHARS_MAX + 1) + "\"}";
        assertRefused(post("/v1/jobs", type, long_), 413, "too_large");
        assertRefused(post("/v1/jobs", "text/plain", "a".repeat(5001)), 413, "too_large");
        assertRefused(post("/v1/jobs", "text/html", "a"), 415, "unsupported_type");
        assertRefused(
                form("picture|a|1", "explain||true", "heatmap||overlay"), 400, "bad_question");
        assertRefused(form("picture|a|1", "explain||true", "class||x"), 400, "bad_question");
        assertRefused(get("/v1/jobs/x"), 404, "job_not_found");
        assertRefused(get("/v1/jobs?limit=1001"), 400, "bad_question");
        assertThat(store.list(null, 10)).isEmpty();
    }

    @Test
    void thereAreNoMoreJobsThanMayBeAndCancelledOnesAreOver() throws Exception {
        String at = keyed("a", "{\"text\": \"a\"}").headers().firstValue("Location").orElseThrow();
        keyed("b", "{\"text\": \"a\"}");
        keyed("c", "{\"text\": \"a\"}");
        HttpResponse<String> full = keyed("d", "{\"text\": \"a\"}");
        assertRefused(full, 429, "too_many_jobs");
        assertThat(full.headers().firstValue("Retry-After")).isPresent();
        assertRefused(post(at + "/remove", "text/plain", ""), 409, "not_over");
        assertThat(json(post(at + "/cancel", "text/plain", "")))
                .containsEntry("state", "cancelled");
        assertRefused(get(at + "/result"), 409, "no_result");
        assertThat(keyed("d", "{\"text\": \"a\"}").statusCode()).isEqualTo(202);
    }

    @Test
    void anAccountSeesItsOwnAndAdminAll() throws Exception {
        HttpRequest.Builder order = request("/v1/jobs").header("Content-Type", "text/plain");
        HttpResponse<String> lan = send(order.header("X-Who", "lan").POST(body("a text")).build());
        String at = lan.headers().firstValue("Location").orElseThrow();
        for (String who : List.of("minh", "lan", "admin")) {
            boolean isSeen = !who.equals("minh");
            assertThat(send(request(at).header("X-Who", who).build()).statusCode())
                    .isEqualTo(isSeen ? 200 : 404);
            HttpResponse<String> list = send(request("/v1/jobs").header("X-Who", who).build());
            assertThat((List<?>) json(list).get("jobs")).hasSize(isSeen ? 1 : 0);
        }
        assertRefused(get(at), 404, "job_not_found");
    }

    @Test
    void aServerWithoutModelsTakesNoJobs() throws Exception {
        front.close();
        front = front(Optional.empty());
        assertRefused(get("/v1/jobs"), 501, "jobs_elsewhere");
    }

    @Test
    void aDatabaseThatIsGoneIsQueueUnavailable() throws Exception {
        keyed("a", "{\"text\": \"a\"}");
        database.close();
        HttpResponse<String> gone = get("/v1/jobs");
        assertRefused(gone, 503, "queue_unavailable");
        assertThat(gone.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void theTimeThatIsLeftFollowsFromTheStepsThatAreDone() {
        assertThat(JobJson.etaSeconds(0, 0, 10)).isEmpty();
        assertThat(JobJson.etaSeconds(0, 0, 0)).isEmpty();
        assertThat(JobJson.etaSeconds(3000, 2, 4)).hasValue(3);
        assertThat(JobJson.etaSeconds(1001, 1, 2)).hasValue(2);
        assertThat(JobJson.etaSeconds(5000, 4, 4)).hasValue(0);
        assertThat(JobJson.etaSeconds(Long.MAX_VALUE, 1, 1000).getAsLong()).isPositive();
    }
}
