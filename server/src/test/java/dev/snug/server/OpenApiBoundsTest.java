package dev.snug.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;

/**
 * The bounds of the document against a server without models: what is within them is refused for
 * the model alone, what is beyond them for itself.
 */
final class OpenApiBoundsTest {
    private static final int NO_MODEL = 404;

    @TempDir private Path folder;

    private WholeServer server;
    private OpenApi document;

    @BeforeEach
    void start() throws Exception {
        server = new WholeServer(folder);
        document = OpenApi.shipped();
    }

    @AfterEach
    void end() {
        server.close();
    }

    private void assertRefused(HttpResponse<byte[]> reply, String param) throws Exception {
        JsonNode error = new ObjectMapper().readTree(reply.body()).path("error");
        assertThat(error.path("param").textValue()).isEqualTo(param);
    }

    private void spoken(int status, String path, String text, String key, Object value)
            throws Exception {
        String body = "{\"%s\": \"a\", \"%s\": %s}".formatted(text, key, value);
        HttpResponse<byte[]> reply = server.asking.json(status, path, body);
        if (status != NO_MODEL) {
            assertRefused(reply, key);
        }
    }

    @Test
    void speedAndStepsAreBoundedAsTheDocumentSays() throws Exception {
        JsonNode speed = document.schema("Speed");
        JsonNode steps = document.schema("Steps");
        for (List<String> each :
                List.of(
                        List.of("/v1/speech", "text"),
                        List.of("/v1/audio/speech", "input"),
                        List.of("/v1/jobs", "text"))) {
            String path = each.get(0);
            String text = each.get(1);
            spoken(NO_MODEL, path, text, "speed", speed.path("minimum"));
            spoken(NO_MODEL, path, text, "speed", speed.path("maximum"));
            spoken(400, path, text, "speed", speed.path("minimum").doubleValue() - 0.01);
            spoken(400, path, text, "speed", speed.path("maximum").doubleValue() + 0.01);
            spoken(NO_MODEL, path, text, "steps", steps.path("minimum"));
            spoken(NO_MODEL, path, text, "steps", steps.path("maximum"));
            spoken(400, path, text, "steps", steps.path("minimum").intValue() - 1);
            spoken(400, path, text, "steps", steps.path("maximum").intValue() + 1);
        }
        JsonNode theirs = document.schema("OpenAiSpeechRequest").path("properties");
        assertThat(theirs.path("speed").path("maximum")).isEqualTo(speed.path("maximum"));
        assertThat(theirs.path("speed").path("minimum")).isEqualTo(speed.path("minimum"));
        assertThat(theirs.path("steps").path("maximum")).isEqualTo(steps.path("maximum"));
    }

    @Test
    void textsAreAsLongAsTheDocumentSays() throws Exception {
        text(400, "/v1/audio/speech", "input", "OpenAiSpeechRequest");
        text(413, "/v1/jobs", "text", "TextJob");
    }

    private void text(int status, String path, String key, String schema) throws Exception {
        int most = document.schema(schema).at("/properties/" + key + "/maxLength").intValue();
        String body = "{\"%s\": \"%s\"}";
        server.asking.json(NO_MODEL, path, body.formatted(key, "a".repeat(most)));
        String longer = body.formatted(key, "a".repeat(most + 1));
        assertRefused(server.asking.json(status, path, longer), key);
    }

    @Test
    void numbersOfAQueryAreBoundedAsTheDocumentSays() throws Exception {
        query(200, "/v1/jobs", "/v1/jobs", "limit");
        query(NO_MODEL, "/v1/jobs/{id}", "/v1/jobs/none", "wait");
    }

    private void query(int within, String template, String path, String name) throws Exception {
        JsonNode schema =
                StreamSupport.stream(
                                document.operation("GET", template)
                                        .tree()
                                        .path("parameters")
                                        .spliterator(),
                                false)
                        .filter(each -> each.path("name").asText().equals(name))
                        .findFirst()
                        .orElseThrow()
                        .path("schema");
        String asked = path + "?" + name + "=";
        int most = schema.path("maximum").intValue();
        int least = schema.path("minimum").intValue();
        server.asking.get(within, template, asked + least);
        server.asking.get(within, template, asked + most);
        assertRefused(server.asking.get(400, template, asked + (least - 1)), name);
        assertRefused(server.asking.get(400, template, asked + (most + 1)), name);
    }

    @Test
    void whatARequestMayNotHaveIsRefused() throws Exception {
        for (String path : List.of("/v1/speech", "/v1/jobs")) {
            server.asking.json(400, path, "{\"text\": \"a\", \"spede\": 1}");
        }
        server.asking.reply(
                400,
                "/v2/repository/index",
                server.asking
                        .request("/v2/repository/index")
                        .POST(BodyPublishers.ofString("{\"ready\": true, \"a\": 1}")));
    }

    @Test
    void whatHasADefaultMayBeLeftOutAndWhatMayBeNullIs() throws Exception {
        server.asking.json(NO_MODEL, "/v1/speech", "{\"text\": \"a\"}");
        for (String schema : List.of("SpeechRequest", "TextJob")) {
            String path = schema.equals("TextJob") ? "/v1/jobs" : "/v1/speech";
            document.schema(schema)
                    .path("properties")
                    .properties()
                    .forEach(each -> asked(path, each.getKey(), mayBeNull(each.getValue())));
        }
    }

    private static boolean mayBeNull(JsonNode schema) {
        return schema.path("type").isArray() || schema.has("anyOf");
    }

    private void asked(String path, String key, boolean mayBeNull) {
        String text = key.equals("text") ? "" : "\"text\": \"a\", ";
        String body = "{%s\"%s\": null}".formatted(text, key);
        try {
            server.asking.json(mayBeNull ? NO_MODEL : 400, path, body);
        } catch (Exception e) {
            throw new AssertionError(key, e);
        }
    }
}
