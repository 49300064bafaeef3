package dev.snug.server.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.server.answer.AnswerException;
import dev.snug.server.http.Caller;
import dev.snug.server.http.Guard;
import dev.snug.server.http.HttpException;
import dev.snug.server.http.Scope;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is told of models, and loading them. The oracle is docs/api.md. */
final class ModelRepositoryTest {
    private static final String MODELS = "/v2/repository/models/";
    private static final String TEXT =
            "{\"inputs\":[{\"name\":\"text\",\"shape\":[1],\"datatype\":\"BYTES\",\"data\":[\"a\"]}]}";

    @TempDir private Path folder;

    @Test
    void anUnloadedModelIsNotReadyAndAnswersNothingUntilItIsLoaded() throws Exception {
        try (InferenceServer server = new InferenceServer(folder)) {
            server.get("/v2/models/snug-vi/ready").status(200);
            server.post(MODELS + "snug-vi/unload", "{\"parameters\":{\"unload_dependents\":false}}")
                    .status(200);

            assertThat(server.get("/v2/models/snug-vi/ready").status(400).tree())
                    .containsEntry("ready", false)
                    .containsKey("error");
            assertThat(server.post("/v2/models/snug-vi/infer", TEXT).status(400).error())
                    .contains("unloaded");
            assertThat(server.get("/v2/models/skin:int8/ready").status(200).tree())
                    .containsEntry("ready", true);
            assertThat(server.post("/v2/repository/index", "").status(200).text())
                    .contains("UNAVAILABLE");
            assertThat(server.post("/v2/repository/index", "{\"ready\":true}").status(200).text())
                    .contains("skin:int8")
                    .doesNotContain("snug-vi");
            server.get("/v2/health/ready").status(200);

            server.post(MODELS + "snug-vi/load", "{}").status(200);
            server.get("/v2/models/snug-vi/ready").status(200);
            server.post("/v2/models/snug-vi/infer", TEXT).status(200);
            assertThat(server.models.told).containsExactly("unload snug-vi", "load snug-vi");
        }
    }

    @Test
    void aModelThatDoesNotFitIsNotLoadedAndStaysAsItWas() throws Exception {
        try (InferenceServer server = new InferenceServer(folder)) {
            server.post(MODELS + "snug-vi/unload", "").status(200);
            server.models.refusal =
                    Optional.of(
                            new AnswerException(
                                    AnswerException.Kind.TOO_LARGE, "it needs 300MiB of 200MiB"));

            assertThat(server.post(MODELS + "snug-vi/load", "").status(400).error())
                    .isEqualTo("it needs 300MiB of 200MiB");
            server.get("/v2/models/snug-vi/ready").status(400);
        }
    }

    @Test
    void whatCannotBeLoadedAsAskedIsRefused() throws Exception {
        try (InferenceServer server = new InferenceServer(folder)) {
            server.post(MODELS + "none/load", "").status(404);
            server.post(MODELS + "none/unload", "").status(404);
            assertThat(
                            server.post(
                                            MODELS + "snug-vi/load",
                                            "{\"parameters\":{\"config\":\"{}\"}}")
                                    .status(400)
                                    .error())
                    .contains("'config'");
            assertThat(server.models.told).isEmpty();
        }
    }

    @Test
    void aServerThatAsksAnotherOneLoadsNothingAndHasNoVersions() throws Exception {
        try (InferenceServer server = new InferenceServer(folder, false, (_, _) -> Caller.NOBODY)) {
            assertThat(server.post(MODELS + "snug-vi/load", "").status(400).error())
                    .contains("SNUG_UPSTREAM");
            assertThat(server.get("/v2/models/snug-vi").status(200).tree())
                    .doesNotContainKey("versions");
            server.get("/v2/models/snug-vi/versions/1").status(404);
            assertThat(server.post("/v2/models/snug-vi/infer", TEXT).status(200).tree())
                    .doesNotContainKey("model_version");
        }
    }

    @Test
    void metadataSayWhatAModelTakesAndGives() throws Exception {
        try (InferenceServer server = new InferenceServer(folder)) {
            String skin = server.get("/v2/models/skin:int8").status(200).text();
            assertThat(skin)
                    .containsSubsequence(
                            "\"picture\"", "\"image\"", "\"sex\"", "\"age\"", "\"probabilities\"")
                    .contains("\"heatmap\"")
                    .doesNotContain("location");
            assertThat(server.get("/v2").status(200).tree())
                    .containsEntry("name", "snug")
                    .containsKey("version");
        }
    }

    /** The guard's own rules have their own tests; this one knows a token for speech alone. */
    @Test
    void aTokenForOneKindOfModelsAnswersForTheOtherNothing() throws Exception {
        Guard guard =
                (_, access) -> {
                    if (!access.isGranted(Set.of(Scope.SPEAK))) {
                        throw HttpException.of(403, "insufficient_scope", "lacks it");
                    }
                    return new Caller("an", Set.of(Scope.SPEAK), null);
                };
        try (InferenceServer server = new InferenceServer(folder, true, guard)) {
            server.post("/v2/models/snug-vi/infer", TEXT).status(200);
            for (Map.Entry<String, String> refused :
                    Map.of("/v2/models/skin:int8/infer", TEXT, MODELS + "snug-vi/load", "")
                            .entrySet()) {
                server.post(refused.getKey(), refused.getValue()).status(403);
            }
            assertThat(server.models.pictures).isEmpty();
            assertThat(server.models.told).isEmpty();
        }
    }
}
