package dev.snug.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.InputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * What a server of all parts replies while it has no model. The oracle is the document, which
 * {@link Asking} holds each reply to.
 */
final class OpenApiRepliesTest {
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
        asking.get(200, "/v1/jobs");
        asking.get(404, "/v1/jobs/{id}", "/v1/jobs/none");
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
        for (String wrong : List.of("{}", "{\"removed\": 1}", "{\"removed\": true, \"a\": 1}")) {
            byte[] text = wrong.getBytes(StandardCharsets.UTF_8);
            assertThat(document.errors(schema, text)).as(wrong).isNotEmpty();
        }
    }
}
