package dev.snug.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.cli.serve.Client.Answer;
import dev.snug.runtime.json.Fields;
import dev.snug.runtime.json.Json;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A server's answers are the command line's, which is the oracle: digit by digit, byte by byte. */
@Timeout(120)
final class ServedAnswersIT {
    private static final String SENTENCE = "Xin chào các bạn. Hôm nay trời đẹp.";
    private static final String EXPLAIN = "?explain=true";

    @TempDir private static Path folder;

    private static Snug snug;
    private static Serving serving;

    @BeforeAll
    static void start() throws Exception {
        snug = Snug.in(folder).withClassifier();
        serving = snug.serve();
    }

    @AfterAll
    static void end() throws Exception {
        serving.close();
    }

    @Test
    void probabilitiesAndOverlayAreThoseOfTheCommandLine() throws Exception {
        Path overlay = folder.resolve("overlay.png");
        Map<String, Double> expected = classified("--explain", "-o", overlay.toString());

        Answer answer =
                serving.client().classify(Snug.PICTURE, EXPLAIN + "&heatmap=overlay").status(200);
        assertThat(answer.probabilities()).containsExactlyEntriesOf(expected);
        assertThat(overlay(serving.client())).isEqualTo(Files.readAllBytes(overlay));
    }

    private static byte[] overlay(Client client) throws Exception {
        Answer answer = client.classify(Snug.PICTURE, EXPLAIN + "&heatmap=overlay").status(200);
        String link = new Fields(answer.json().tree("heatmap"), "heatmap").text("url");
        Answer png = client.get(link).status(200);
        assertThat(png.header("content-type")).isEqualTo("image/png");
        return png.body();
    }

    @Test
    void theSecondAnswerIsAKeptOneAndTheSame() throws Exception {
        String question = EXPLAIN + "&colors=jet";
        Answer first = serving.client().classify(Snug.PICTURE, question).status(200);
        Answer second = serving.client().classify(Snug.PICTURE, question).status(200);

        assertThat(first.json().flag("kept")).isFalse();
        assertThat(second.json().flag("kept")).isTrue();
        assertThat(second.probabilities()).containsExactlyEntriesOf(first.probabilities());
        assertThat(second.json().tree("heatmap")).isEqualTo(first.json().tree("heatmap"));
        assertThat(first.json().tree("heatmap")).containsKey("png");
    }

    @Test
    void theSoundIsTheOneThatTheCommandLinePipes() throws Exception {
        byte[] expected = snug.done("speak", SENTENCE, "-o", "-").out();

        Answer answer = serving.client().speak(SENTENCE).status(200);
        assertThat(answer.header("content-type")).isEqualTo("audio/wav");
        assertThat(answer.body()).isEqualTo(expected).hasSizeGreaterThan(24_000);
    }

    @Test
    void withHeatMapsOffOneIsRefusedByNameAndTheRestAnswered() throws Exception {
        Map<String, Double> expected = classified();
        try (Serving off = snug.with("SNUG_HEATMAP", "off").serve("--data", folder + "/off")) {
            Answer refused = off.client().classify(Snug.PICTURE, EXPLAIN).status(409);
            assertThat(refused.code()).isEqualTo("heatmap_off");
            Answer answer = off.client().classify(Snug.PICTURE, "").status(200);
            assertThat(answer.probabilities()).containsExactlyEntriesOf(expected);
            assertThat(answer.json().treeOrNull("heatmap")).isNull();
        }
    }

    @Test
    void aServerWithAnUpstreamAnswersAsTheOtherDoes() throws Exception {
        Client there = serving.client();
        Snug bare = Snug.in(Files.createDirectories(folder.resolve("pages")));
        try (Serving pages = bare.serve("--upstream", "http://127.0.0.1:" + serving.port())) {
            Client here = pages.client();
            for (String query : List.of("", EXPLAIN + "&class=1")) {
                Answer answer = here.classify(Snug.PICTURE, query).status(200);
                Answer expected = there.classify(Snug.PICTURE, query).status(200);
                assertThat(answer.probabilities())
                        .containsExactlyEntriesOf(expected.probabilities());
                assertThat(answer.json().treeOrNull("heatmap"))
                        .isEqualTo(expected.json().treeOrNull("heatmap"));
            }
            assertThat(overlay(here)).isEqualTo(overlay(there));
            assertThat(here.speak(SENTENCE).status(200).body())
                    .isEqualTo(there.speak(SENTENCE).status(200).body());
            for (String path : List.of("/v1/models", "/v1/models/tiny/plan")) {
                assertThat(tree(here.get(path))).isEqualTo(tree(there.get(path)));
            }
            assertThat(here.get("/v1/models/none/plan").status(404).code())
                    .isEqualTo("model_not_found");
            assertThat(pages.workers()).isEmpty();
        }
    }

    @Test
    void aServerWhoseUpstreamIsGoneSaysSo() throws Exception {
        try (Serving pages = snug.serve("--upstream", "http://127.0.0.1:1", "--data", "gone")) {
            Answer refused = pages.client().classify(Snug.PICTURE, "");
            assertThat(refused.status()).isGreaterThanOrEqualTo(500);
            assertThat(refused.text()).contains("SNUG_UPSTREAM");
            pages.client().get("/livez").status(200);
        }
    }

    private static Map<String, @Nullable Object> tree(Answer answer) {
        return Json.parseObject(answer.status(200).body(), "an answer");
    }

    private static Map<String, Double> classified(String... options) throws Exception {
        List<String> line = new java.util.ArrayList<>(List.of("classify", "--json", "--top=100"));
        line.addAll(List.of(options));
        line.add(Snug.PICTURE.toString());
        String json = snug.done(line.toArray(String[]::new)).text();
        return Client.probabilitiesOf(
                new Fields(
                        Json.parseObject(json.getBytes(StandardCharsets.UTF_8), "classify"),
                        "classify"));
    }
}
