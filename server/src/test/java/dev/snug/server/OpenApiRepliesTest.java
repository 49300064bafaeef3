package dev.snug.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.snug.server.answer.ModelCard.Kind;
import dev.snug.server.answer.PictureQuestion.HeatMapForm;
import dev.snug.server.api.PictureJson;
import dev.snug.server.job.Job;
import dev.snug.server.job.JobOrder;
import dev.snug.server.job.JobQuestion;
import dev.snug.server.job.JobQuestions;
import dev.snug.server.job.JobStore;
import dev.snug.server.job.Line;
import dev.snug.server.job.Outcome;
import dev.snug.server.job.Task;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What a server of all parts replies while it has no model. The oracle is the document, which
 * {@link Asking} holds each reply to.
 */
final class OpenApiRepliesTest {
    private static final Line LINE = new Line(Kind.PICTURES, "skin", "00");
    private static final String JOB = "/v1/jobs/{id}";

    @TempDir private Path folder;

    private WholeServer server;
    private Asking asking;

    @BeforeEach
    void start() throws Exception {
        server = new WholeServer(folder);
        asking = server.asking;
    }

    @AfterEach
    void end() {
        server.close();
    }

    @Test
    void theDocumentIsHandedOutToAnybodyAsItShipsAndOnlyOnce() throws Exception {
        HttpResponse<byte[]> reply = asking.get(200, "/openapi.json");
        try (InputStream in =
                OpenApi.class.getResourceAsStream("/dev/snug/server/api/openapi.json")) {
            assertThat(reply.body()).isEqualTo(Objects.requireNonNull(in).readAllBytes());
        }
        String tag = reply.headers().firstValue("ETag").orElseThrow();
        assertThat(again(304, tag).body()).isEmpty();
        assertThat(again(200, "\"another\"").body()).isEqualTo(reply.body());
    }

    private HttpResponse<byte[]> again(int status, String tag) throws Exception {
        return asking.reply(
                status,
                "/openapi.json",
                asking.request("/openapi.json").header("If-None-Match", tag));
    }

    @Test
    void theDocumentHasTheVersionOfTheServer() throws Exception {
        JsonNode metadata = new ObjectMapper().readTree(asking.get(200, "/v2").body());
        assertThat(OpenApi.shipped().tree().at("/info/version"))
                .isEqualTo(metadata.path("version"));
    }

    @Test
    void healthAndNumbersAreAsTheDocumentSays() throws Exception {
        asking.get(200, "/livez");
        asking.get(503, "/readyz");
        asking.get(503, "/v2/health/ready");
        asking.get(200, "/metrics");
    }

    @Test
    void aServerWithoutModelsSaysSoAsTheDocumentDoes() throws Exception {
        asking.get(200, "/v1/models");
        asking.get(200, "/v1/audio/voices");
        asking.get(404, "/v1/models/{name}", "/v1/models/none");
        asking.get(404, "/v1/models/{name}/plan", "/v1/models/none/plan");
        asking.get(404, "/v2/models/{model}", "/v2/models/none");
        asking.json(404, "/v1/speech", "{\"text\": \"a\"}");
        asking.json(404, "/v1/jobs", "{\"text\": \"a\"}");
        asking.post(404, "/v1/classifications", "/v1/classifications", "image/png", "a");
    }

    @Test
    void whoeverIsNotKnownIsRefusedAsTheDocumentSays() throws Exception {
        asking.get(401, "/v1/memory");
        asking.get(401, "/v1/tokens");
        asking.json(401, "/v1/session", "{\"name\": \"lan\", \"password\": \"wrong\"}");
        asking.json(400, "/v1/session", "{}");
        asking.reply(
                401,
                "/v1/accounts",
                asking.request("/v1/accounts").header("Authorization", "Bearer snug_none"));
    }

    @Test
    void whoeverSignsInSeesWhatTheDocumentSays() throws Exception {
        server.signUp();
        HttpResponse<byte[]> session =
                asking.json(
                        200,
                        "/v1/session",
                        "{\"name\": \"%s\", \"password\": \"%s\"}"
                                .formatted(WholeServer.ACCOUNT, WholeServer.PASSWORD));
        String cookie =
                session.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
        String csrf = new ObjectMapper().readTree(session.body()).path("csrf_token").textValue();
        asking.reply(200, "/v1/memory", asking.request("/v1/memory").header("Cookie", cookie));
        asking.reply(200, "/v1/accounts", asking.request("/v1/accounts").header("Cookie", cookie));

        String wish = "{\"name\": \"a\", \"scopes\": [\"status\", \"jobs\"]}";
        asking.reply(403, "/v1/tokens", post("/v1/tokens", wish).header("Cookie", cookie));
        asking.reply(400, "/v1/tokens", signedIn("/v1/tokens", "{}", cookie, csrf));
        HttpResponse<byte[]> made =
                asking.reply(201, "/v1/tokens", signedIn("/v1/tokens", wish, cookie, csrf));
        JsonNode token = new ObjectMapper().readTree(made.body());
        asking.reply(200, "/v1/tokens", asking.request("/v1/tokens").header("Cookie", cookie));
        String bearer = "Bearer " + token.path("token").textValue();
        asking.reply(
                403,
                "/v1/accounts",
                asking.request("/v1/accounts").header("Authorization", bearer));
        String revoke = "/v1/tokens/{id}/revoke";
        String path = revoke.replace("{id}", token.path("id").asText());
        asking.reply(200, revoke, signedIn(path, "", cookie, csrf));
        asking.reply(404, revoke, signedIn(path, "", cookie, csrf));
        asking.reply(200, "/v1/session/end", signedIn("/v1/session/end", "", cookie, csrf));
    }

    private HttpRequest.Builder post(String path, String json) {
        return asking.request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json));
    }

    private HttpRequest.Builder signedIn(String path, String json, String cookie, String csrf) {
        return post(path, json).header("Cookie", cookie).header("X-CSRF-Token", csrf);
    }

    @Test
    void jobsAreAsTheDocumentSaysInEveryState() throws Exception {
        Job first = submitted();
        Job second = submitted();
        asking.get(200, "/v1/jobs");
        asking.get(200, JOB, "/v1/jobs/" + first.id());
        asking.get(409, JOB + "/result", "/v1/jobs/" + first.id() + "/result");
        post(409, "/remove", first);
        finish();
        asking.get(200, JOB, "/v1/jobs/" + first.id());
        String result = "/v1/jobs/" + first.id() + "/result";
        asking.get(200, JOB + "/result", result);
        asking.reply(
                200,
                JOB + "/result",
                asking.request(result).header("Accept", "application/x-ndjson"));
        post(200, "/cancel", second);
        asking.get(409, JOB + "/result", "/v1/jobs/" + second.id() + "/result");
        asking.get(200, "/v1/jobs");
        post(200, "/remove", second);
        asking.get(404, JOB, "/v1/jobs/" + second.id());
        asking.get(400, "/v1/jobs", "/v1/jobs?limit=1001");
        asking.post(415, "/v1/jobs", "/v1/jobs", "text/html", "a");
    }

    private void post(int status, String end, Job job) throws Exception {
        HttpRequest.Builder request = asking.request("/v1/jobs/" + job.id() + end);
        asking.reply(status, JOB + end, request.POST(BodyPublishers.noBody()));
    }

    /** Two pictures. */
    private Job submitted() throws Exception {
        Path picture = Files.writeString(folder.resolve("picture"), "a");
        JobQuestion.Picture each = new JobQuestion.Picture("a.jpg", "00");
        byte[] question =
                JobQuestions.bytes(
                        new JobQuestion.Pictures(
                                List.of(each, each),
                                HeatMapForm.NONE,
                                null,
                                "viridis",
                                null,
                                null,
                                null,
                                false));
        return server.parts
                .jobs
                .store()
                .submit(
                        new JobOrder("", LINE, 2, question, Optional.empty()),
                        List.of(picture, picture))
                .job();
    }

    /** One picture gets an answer and one does not, as a worker would have it. */
    private void finish() throws Exception {
        JobStore store = server.parts.jobs.store();
        Task task = store.take(Set.of(LINE), Duration.ofSeconds(5)).orElseThrow();
        byte[] answer =
                dev.snug.runtime.json.Json.bytes(
                        PictureJson.of(
                                new Stocked().classify(Stocked.PLAIN), HeatMapForm.NONE, null));
        store.finish(task, new Outcome.Answered(answer), 1000);
        task = store.take(Set.of(LINE), Duration.ofSeconds(5)).orElseThrow();
        store.finish(task, new Outcome.Failed(new Job.Problem("failed", "a test says so")), 1000);
    }

    @Test
    void whatIsAtNoAddressIsAnErrorOfTheShapeThatTheDocumentHas() throws Exception {
        OpenApi document = OpenApi.shipped();
        HttpResponse<byte[]> none =
                java.net.http.HttpClient.newHttpClient()
                        .send(
                                asking.request("/v1/none").build(),
                                HttpResponse.BodyHandlers.ofByteArray());
        JsonNode shape = document.tree().at("/components/responses/NotFound/content");
        assertThat(document.errors(shape.path("application/json").path("schema"), none.body()))
                .isEmpty();
    }

    @Test
    void aReplyThatTellsMoreOrLessThanTheDocumentIsFound() throws Exception {
        OpenApi document = OpenApi.shipped();
        JsonNode schema = document.schema("RemovedJob");
        for (String wrong :
                Arrays.asList("{}", "{\"removed\": 1}", "{\"removed\": true, \"a\": 1}")) {
            byte[] text = wrong.getBytes(StandardCharsets.UTF_8);
            assertThat(document.errors(schema, text)).as(wrong).isNotEmpty();
        }
    }
}
