package dev.snug.server.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.server.answer.AnswerException;
import dev.snug.server.answer.SpeechQuestion;
import dev.snug.server.answer.SpeechQuestion.Format;
import dev.snug.server.inference.InferenceServer.Answer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Texts as tensors. The oracle is the sound that the fake voice makes. */
final class SpeechInferenceTest {
    private static final String INFER = "/v2/models/snug-vi/infer";

    @TempDir private Path folder;

    private InferenceServer server;

    @BeforeEach
    void start() throws Exception {
        server = new InferenceServer(folder);
    }

    @AfterEach
    void end() throws Exception {
        server.close();
        assertThat(server.left()).isEmpty();
    }

    private static String text(String text) {
        return "{\"name\":\"text\",\"shape\":[1],\"datatype\":\"BYTES\",\"data\":[\"%s\"]}"
                .formatted(text);
    }

    @Test
    void soundInJsonIsEverySampleAndItsRate() throws Exception {
        Answer answer = server.post(INFER, "{\"inputs\":[" + text("Chào") + "]}").status(200);

        assertThat(answer.output("sound").get("shape")).isEqualTo(List.of(1L, 10_000L));
        assertThat((List<?>) answer.output("sound").get("data"))
                .isEqualTo(
                        IntStream.range(0, FakeModels.SAMPLES)
                                .mapToObj(i -> (long) FakeModels.sample(i))
                                .toList());
        assertThat(answer.output("sample_rate").get("data")).isEqualTo(List.of(24_000L));
        assertThat(server.models.texts)
                .containsExactly(
                        new SpeechQuestion("snug-vi", "Chào", null, 1, null, 9527, Format.PCM));
    }

    @Test
    void soundBehindTheJsonIsTheBytesThatTheVoiceMade() throws Exception {
        byte[] words = "Xin chào Việt Nam".getBytes(StandardCharsets.UTF_8);
        ByteBuffer behind =
                ByteBuffer.allocate(4 + words.length + 4 + 8).order(ByteOrder.LITTLE_ENDIAN);
        behind.putInt(words.length).put(words).putInt(12).putLong(-5_000_000_000L);
        String json =
                """
                {"inputs":[{"name":"text","shape":[1],"datatype":"BYTES","parameters":{"binary_data_size":%d}},
                 {"name":"steps","shape":[1],"datatype":"INT32","parameters":{"binary_data_size":4}},
                 {"name":"seed","shape":[1],"datatype":"INT64","parameters":{"binary_data_size":8}},
                 {"name":"speed","shape":[1],"datatype":"FP32","data":[0.5]},
                 {"name":"voice","shape":[1],"datatype":"BYTES","data":["female-north"]}],
                 "outputs":[{"name":"sound","parameters":{"binary_data":true}},{"name":"sample_rate"}]}\
                """
                        .formatted(4 + words.length);

        Answer answer = server.post(INFER, json, behind.array()).status(200);

        ByteBuffer sound = ByteBuffer.wrap(answer.body()).order(ByteOrder.LITTLE_ENDIAN);
        sound.position(answer.json().length);
        assertThat(sound.remaining()).isEqualTo(2 * FakeModels.SAMPLES);
        for (int i = 0; i < FakeModels.SAMPLES; i++) {
            assertThat(sound.getShort()).isEqualTo(FakeModels.sample(i));
        }
        assertThat(answer.output("sample_rate").get("data")).isEqualTo(List.of(24_000L));
        assertThat(server.models.texts)
                .containsExactly(
                        new SpeechQuestion(
                                "snug-vi",
                                "Xin chào Việt Nam",
                                "female-north",
                                0.5,
                                12,
                                -5_000_000_000L,
                                Format.PCM));
    }

    @Test
    void aFailureWithinTheSoundIsAWholeErrorAndNoHalfSound() throws Exception {
        server.models.refusal =
                Optional.of(new AnswerException(AnswerException.Kind.FAILED, "the worker ended"));

        assertThat(server.post(INFER, "{\"inputs\":[" + text("Chào") + "]}").status(500).error())
                .isEqualTo("the worker ended");
    }

    @Test
    void aTextThatIsTooLongOrTooFastIsRefusedUnspoken() throws Exception {
        String slow = ",{\"name\":\"speed\",\"shape\":[1],\"datatype\":\"FP32\",\"data\":[0.1]}";

        assertThat(
                        server.post(INFER, "{\"inputs\":[" + text("a".repeat(201)) + "]}")
                                .status(413)
                                .error())
                .contains("at most 200");
        assertThat(
                        server.post(INFER, "{\"inputs\":[" + text("a") + slow + "]}")
                                .status(400)
                                .error())
                .isEqualTo("speed is 0.25 to 4");
        assertThat(server.models.texts).isEmpty();
    }
}
