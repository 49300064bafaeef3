package dev.snug.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.snug.server.answer.AnswerException;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;

/** Answers of models over HTTP. The oracle is the document, which {@link Asking} holds them to. */
final class OpenApiAnswersTest {
    private static final String PICTURES = "/v1/classifications";
    private static final String PNG = "image/png";

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

    private static JsonNode tree(HttpResponse<byte[]> reply) throws Exception {
        return new ObjectMapper().readTree(reply.body());
    }

    @Test
    void modelsPlansAndVoicesAreAsTheDocumentSays() throws Exception {
        JsonNode models = tree(asking.get(200, "/v1/models"));
        assertThat(models.path("models")).hasSize(2);
        asking.get(200, "/v1/models/{name}", "/v1/models/tts-1");
        asking.get(200, "/v1/models/{name}/plan", "/v1/models/skin/plan");
        JsonNode voices = tree(asking.get(200, "/v1/audio/voices"));
        assertThat(voices.path("voices")).hasSize(2);
    }

    @Test
    void whatIsOnAPictureIsAsTheDocumentSaysInEveryForm() throws Exception {
        asking.post(200, PICTURES, PICTURES, PNG, "a picture");
        asking.post(200, PICTURES, PICTURES + "?explain=true", PNG, "a picture");
        String overlay = PICTURES + "?explain=true&heatmap=overlay";
        JsonNode answer = tree(asking.post(200, PICTURES, overlay, PNG, "a picture"));
        String link = answer.path("heatmap").path("url").textValue();
        asking.get(200, "/v1/overlays/{id}", link);
        asking.post(200, "/v1/reports", "/v1/reports?lang=vi", PNG, "a picture");
    }

    @Test
    void everyRefusalOfAQuestionIsOneOfTheDocument() throws Exception {
        server.stocked.refuses = true;
        for (AnswerException.Kind kind :
                EnumSet.complementOf(
                        EnumSet.of(
                                AnswerException.Kind.VOICE_EXISTS,
                                AnswerException.Kind.VOICE_NOT_FOUND))) {
            server.stocked.refusal = kind;
            int status = dev.snug.server.api.Statuses.of(new AnswerException(kind, "")).status();
            asking.post(status, PICTURES, PICTURES, PNG, "a picture");
            asking.post(status, "/v1/reports", "/v1/reports", PNG, "a picture");
        }
        server.stocked.refusal = AnswerException.Kind.VOICE_EXISTS;
        asking.post(409, "/v1/audio/voices", "/v1/audio/voices?name=lan&text=a", "audio/wav", "a");
        server.stocked.refusal = AnswerException.Kind.VOICE_NOT_FOUND;
        removed(404);
    }

    private void removed(int status) throws Exception {
        asking.reply(
                status, "/v1/audio/voices/{name}", asking.request("/v1/audio/voices/lan").DELETE());
    }

    @Test
    void whatIsWrongWithAPictureIsAnErrorOfTheDocument() throws Exception {
        asking.post(413, PICTURES, PICTURES, PNG, "x".repeat(1001));
        asking.post(415, PICTURES, PICTURES, "text/plain", "a");
        asking.post(400, PICTURES, PICTURES + "?age=old", PNG, "a");
        asking.post(400, PICTURES, PICTURES, "multipart/form-data; boundary=B", "--B--\r\n");
        asking.get(404, "/v1/overlays/{id}", "/v1/overlays/none");
        asking.get(404, "/v1/models/{name}", "/v1/models/none");
    }

    @Test
    void soundHasTheTypeThatTheDocumentHasForItsFormat() throws Exception {
        for (String format : OpenApi.words(OpenApi.shipped().schema("SoundFormat").path("enum"))) {
            asking.json(200, "/v1/speech", "{\"text\": \"a\", \"format\": \"" + format + "\"}");
            asking.json(
                    200,
                    "/v1/audio/speech",
                    "{\"input\": \"a\", \"response_format\": \"" + format + "\"}");
        }
        HttpResponse<byte[]> events =
                asking.json(
                        200, "/v1/audio/speech", "{\"input\": \"a\", \"stream_format\": \"sse\"}");
        OpenApi document = OpenApi.shipped();
        List<String> lines = Asking.text(events).lines().filter(line -> !line.isEmpty()).toList();
        assertThat(lines).hasSizeGreaterThan(1);
        for (String line : lines) {
            byte[] event = line.substring("data: ".length()).getBytes(StandardCharsets.UTF_8);
            assertThat(document.errors(document.schema("SpeechEvent"), event)).isEmpty();
        }
    }

    @Test
    void voicesThatAreAddedAndRemovedAreAsTheDocumentSays() throws Exception {
        String path = "/v1/audio/voices?name=lan&text=a&gender=female";
        asking.post(200, "/v1/audio/voices", path, "audio/wav", "a");
        removed(200);
    }

    @Test
    void theInferenceProtocolIsAsTheDocumentSays() throws Exception {
        asking.get(200, "/v2");
        asking.get(200, "/v2/");
        asking.get(200, "/v2/health/live");
        asking.get(200, "/v2/health/ready");
        String model = "/v2/models/{model}";
        String version = model + "/versions/{version}";
        for (String name : List.of(Stocked.SKIN, Stocked.SPEAKER)) {
            asking.get(200, model, "/v2/models/" + name);
            asking.get(200, version, "/v2/models/" + name + "/versions/0123456789ab");
            asking.get(404, version, "/v2/models/" + name + "/versions/1");
            asking.get(200, model + "/ready", "/v2/models/" + name + "/ready");
        }
        String text =
                "{\"inputs\": [{\"name\": \"text\", \"shape\": [1], \"datatype\": \"BYTES\","
                        + " \"data\": [\"a\"]}]";
        String infer = "/v2/models/small/infer";
        String json = "application/json";
        OpenApi document = OpenApi.shipped();
        for (String end : List.of("}", ", \"parameters\": {\"binary_data_output\": true}}")) {
            byte[] request = (text + end).getBytes(StandardCharsets.UTF_8);
            assertThat(document.errors(document.schema("InferenceRequest"), request)).isEmpty();
            asking.post(200, model + "/infer", infer, json, text + end);
        }
        asking.post(400, model + "/infer", infer, json, "{}");
        asking.post(404, model + "/infer", "/v2/models/none/infer", json, text + "}");
    }

    @Test
    void loadingAndUnloadingIsAsTheDocumentSays() throws Exception {
        String load = "/v2/repository/models/{model}/load";
        String unload = "/v2/repository/models/{model}/unload";
        posted(200, unload, unload.replace("{model}", Stocked.SKIN));
        asking.get(400, "/v2/models/{model}/ready", "/v2/models/skin/ready");
        posted(200, "/v2/repository/index", "/v2/repository/index");
        posted(200, load, load.replace("{model}", Stocked.SKIN));
        posted(404, load, load.replace("{model}", "none"));
        server.stocked.refuses = true;
        server.stocked.refusal = AnswerException.Kind.TOO_LARGE;
        posted(400, load, load.replace("{model}", Stocked.SKIN));
        server.stocked.refusal = AnswerException.Kind.BUSY;
        posted(429, load, load.replace("{model}", Stocked.SKIN));
    }

    private void posted(int status, String template, String path) throws Exception {
        asking.reply(status, template, asking.request(path).POST(BodyPublishers.noBody()));
    }
}
