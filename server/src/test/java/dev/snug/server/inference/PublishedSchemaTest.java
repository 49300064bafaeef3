package dev.snug.server.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.server.inference.InferenceServer.Answer;
import dev.snug.server.inference.PublishedSchema.Operation;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The oracles are the OpenAPI documents that were published for the protocol. */
final class PublishedSchemaTest {
    /** MLServer's own, which the protocol itself does not have. */
    private static final List<String> OF_ANOTHER_SERVER =
            List.of("/infer_stream", "/generate", "/generate_stream");

    private static final String PICTURE =
            """
            {"id": "42", "inputs": [{"name": "picture", "shape": [1], "datatype": "BYTES",
             "parameters": {"content_type": "base64"}, "data": ["AAEC"]}],
             "outputs": [{"name": "probabilities"}, {"name": "heatmap"}]}\
            """;

    private static final String TEXT =
            """
            {"inputs": [{"name": "text", "shape": [1], "datatype": "BYTES", "data": ["Xin chào."]},
             {"name": "speed", "shape": [1], "datatype": "FP32", "data": [1.5]}]}\
            """;

    @TempDir private Path folder;

    private InferenceServer server;
    private PublishedSchema data;
    private PublishedSchema repository;

    @BeforeEach
    void start() throws Exception {
        server = new InferenceServer(folder);
        data = PublishedSchema.of("dataplane.json");
        repository = PublishedSchema.of("model_repository.json");
    }

    @AfterEach
    void end() {
        server.close();
    }

    private Answer asked(Operation operation, String model, String version, String body)
            throws Exception {
        String path =
                operation.path().replace("{model_name}", model).replace("{model_version}", version);
        return operation.method().equals("GET") ? server.get(path) : server.post(path, body);
    }

    @Test
    void everyPathOfTheProtocolAnswersBothKindsOfModelsAsItsSchemaSays() throws Exception {
        int asked = 0;
        for (Operation operation : data.operations()) {
            if (OF_ANOTHER_SERVER.stream().anyMatch(operation.path()::endsWith)) {
                continue;
            }
            for (String model : List.of(FakeModels.CLASSIFIER, FakeModels.VOICE)) {
                String body = model.equals(FakeModels.VOICE) ? TEXT : PICTURE;
                Answer answer = asked(operation, model, FakeModels.VERSION, body).status(200);
                String schema = operation.replies().get("200");
                if (schema != null) {
                    assertThat(data.errors(schema, answer.body())).as(answer.text()).isEmpty();
                }
                asked++;
            }
        }
        assertThat(asked).isEqualTo(2 * 9);
    }

    @Test
    void whatAModelThatIsNotThereIsAskedIsAnErrorByTheSchema() throws Exception {
        int refused = 0;
        for (Operation operation : data.operations()) {
            String schema = operation.replies().get("404");
            if (schema == null || OF_ANOTHER_SERVER.stream().anyMatch(operation.path()::endsWith)) {
                continue;
            }
            List<Answer> answers = new ArrayList<>();
            answers.add(asked(operation, "none", FakeModels.VERSION, PICTURE));
            if (operation.path().contains("{model_version}")) {
                answers.add(asked(operation, FakeModels.CLASSIFIER, "1", PICTURE));
            }
            for (Answer answer : answers) {
                assertThat(answer.status(404).error()).isNotBlank();
                assertThat(data.errors(schema, answer.body())).isEmpty();
                refused++;
            }
        }
        assertThat(refused).isEqualTo(2 * 3);
    }

    @Test
    void everyPathOfTheModelRepositoryAnswersAsItsSchemaSays() throws Exception {
        for (Operation operation : repository.operations()) {
            Answer answer = asked(operation, FakeModels.CLASSIFIER, "", "").status(200);
            String schema = operation.replies().get("200");
            if (schema != null) {
                assertThat(repository.errors(schema, answer.body())).as(answer.text()).isEmpty();
            }
        }
        assertThat(repository.operations()).hasSize(3);
        assertThat(server.models.told).containsExactly("load skin:int8", "unload skin:int8");
    }

    @Test
    void theRequestsOfTheseTestsAreOnesByTheSchema() {
        for (String request : List.of(PICTURE, TEXT)) {
            byte[] text = request.getBytes(StandardCharsets.UTF_8);
            assertThat(data.errors("InferenceRequest", text)).isEmpty();
        }
    }

    @Test
    void theSchemaFindsWhatIsWrong() {
        for (String wrong :
                List.of(
                        "{\"outputs\": []}",
                        "{\"model_name\": \"m\", \"outputs\": [{\"name\": \"a\", \"shape\": [1],"
                                + " \"datatype\": \"FLOAT\", \"data\": [1]}]}",
                        "{\"model_name\": \"m\", \"outputs\": [{\"name\": \"a\", \"shape\": [1],"
                                + " \"datatype\": \"FP32\", \"data\": 1}]}")) {
            byte[] text = wrong.getBytes(StandardCharsets.UTF_8);
            assertThat(data.errors("InferenceResponse", text)).as(wrong).isNotEmpty();
        }
    }

    @Test
    void refusalsBeforeAnyHandlerAreErrorsOfTheProtocolToo() throws Exception {
        assertThat(server.get("/v2/none").status(404).error()).isNotBlank();
        assertThat(server.post("/v2/health/live", "").status(405).error()).isNotBlank();
        assertThat(server.get("/v1/none").status(404).text()).contains("\"message\"");
    }
}
