package dev.snug.server.inference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.server.answer.AnswerException;
import dev.snug.server.answer.PictureQuestion;
import dev.snug.server.answer.PictureQuestion.HeatMapForm;
import dev.snug.server.inference.InferenceServer.Answer;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import javax.imageio.ImageIO;

/** Pictures as tensors. The oracles: the bytes that were sent, and for pixels the JDK's ImageIO. */
final class PictureInferenceTest {
    private static final String INFER = "/v2/models/skin:int8/infer";

    @TempDir private Path folder;

    private InferenceServer server;

    @BeforeEach
    void start() throws Exception {
        server = new InferenceServer(folder);
    }

    @AfterEach
    void end() throws Exception {
        assertThat(server.left()).isEmpty();
        server.close();
    }

    private static byte[] noise(int bytes) {
        byte[] noise = new byte[bytes];
        new Random(bytes).nextBytes(noise);
        return noise;
    }

    private static String encoded(byte[]... pictures) {
        String data =
                Arrays.stream(pictures)
                        .map(each -> '"' + Base64.getEncoder().encodeToString(each) + '"')
                        .collect(Collectors.joining(","));
        return "{\"name\":\"picture\",\"shape\":[%d],\"datatype\":\"BYTES\",\"data\":[%s]}"
                .formatted(pictures.length, data);
    }

    private static String request(String... inputs) {
        return "{\"inputs\":[" + String.join(",", inputs) + "]}";
    }

    @Test
    void probabilitiesHaveTheOrderOfTheModelWhateverIsLikeliest() throws Exception {
        Answer answer = server.post(INFER, request(encoded(noise(9)))).status(200);

        assertThat(answer.output("classes").get("data")).isEqualTo(List.of("bcc", "mel", "nv"));
        assertThat(answer.output("names").get("data"))
                .isEqualTo(List.of("Basal cell carcinoma", "Melanoma", "Nốt ruồi"));
        assertThat(answer.output("probabilities").get("data")).isEqualTo(List.of(0.15, 0.1, 0.75));
        assertThat(answer.output("probabilities").get("shape")).isEqualTo(List.of(1L, 3L));
        assertThat(answer.tree())
                .containsEntry("model_version", FakeModels.VERSION)
                .doesNotContainKey("id");
    }

    @Test
    void picturesInBase64AreTheBytesThatWereEncoded() throws Exception {
        byte[][] pictures = {noise(1), noise(70_000), noise(8191)};

        Answer answer = server.post(INFER, request(encoded(pictures))).status(200);

        assertThat(server.models.files).containsExactly(pictures);
        for (int i = 0; i < pictures.length; i++) {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(pictures[i]);
            assertThat(server.models.pictures.get(i).sha256())
                    .isEqualTo(HexFormat.of().formatHex(digest));
        }
        assertThat(answer.output("probabilities").get("shape")).isEqualTo(List.of(3L, 3L));
    }

    @Test
    void dataMayStandBeforeTheNameThatItBelongsTo() throws Exception {
        byte[] picture = noise(300);
        String input =
                "{\"data\":[[\"%s\"]],\"datatype\":\"BYTES\",\"shape\":[1,1],\"name\":\"picture\"}"
                        .formatted(Base64.getEncoder().encodeToString(picture));

        server.post(INFER, request(input)).status(200);

        assertThat(server.models.files).containsExactly(picture);
    }

    @Test
    void picturesBehindTheJsonAreTheBytesBehindTheirLengths() throws Exception {
        byte[] first = noise(50_000);
        byte[] second = noise(7);
        ByteBuffer behind = ByteBuffer.allocate(8 + 50_007 + 8).order(ByteOrder.LITTLE_ENDIAN);
        behind.putInt(50_000).put(first).putInt(7).put(second).putFloat(41.5f).putFloat(7);
        String json =
                """
                {"inputs":[{"name":"picture","shape":[2],"datatype":"BYTES","parameters":{"binary_data_size":50015}},
                 {"name":"sex","shape":[1],"datatype":"BYTES","data":["male"]},
                 {"name":"age","shape":[2],"datatype":"FP32","parameters":{"binary_data_size":8}}],
                 "parameters":{"binary_data_output":true}}\
                """;

        Answer answer = server.post(INFER, json, behind.array()).status(200);

        assertThat(server.models.files).containsExactly(first, second);
        assertThat(server.models.pictures)
                .extracting(PictureQuestion::ageYears)
                .containsExactly(41.5, 7.0);
        assertThat(server.models.pictures)
                .extracting(PictureQuestion::sex)
                .containsExactly("male", "male");
        ByteBuffer floats =
                ByteBuffer.wrap(answer.body(), answer.json().length, 24)
                        .order(ByteOrder.LITTLE_ENDIAN);
        assertThat(IntStream.range(0, 6).mapToObj(_ -> floats.getFloat()))
                .containsExactly(0.15f, 0.1f, 0.75f, 0.15f, 0.1f, 0.75f);
        ByteBuffer words =
                ByteBuffer.wrap(answer.body(), answer.json().length + 24, 7)
                        .order(ByteOrder.LITTLE_ENDIAN);
        assertThat(words.getInt()).isEqualTo(3);
        assertThat(new String(answer.body(), answer.json().length + 28, 3, StandardCharsets.UTF_8))
                .isEqualTo("bcc");
        assertThat(answer.output("probabilities").get("parameters"))
                .isEqualTo(Map.of("binary_data_size", 24L));
    }

    @Test
    void pixelsInJsonOrBehindItAreAPictureOfTheseColours() throws Exception {
        int width = 5;
        int height = 3;
        byte[] pixels = noise(2 * width * height * 3);
        String input =
                "{\"name\":\"image\",\"shape\":[2,3,5,3],\"datatype\":\"UINT8\",%s}"
                        .formatted("\"data\":[%s]");
        String numbers =
                IntStream.range(0, pixels.length)
                        .mapToObj(i -> Integer.toString(pixels[i] & 0xff))
                        .collect(Collectors.joining(","));

        server.post(INFER, request(input.formatted(numbers))).status(200);
        server.post(
                        INFER,
                        request(
                                "{\"name\":\"image\",\"shape\":[2,3,5,3],\"datatype\":\"UINT8\",\"parameters\":{\"binary_data_size\":90}}"),
                        pixels)
                .status(200);

        assertThat(server.models.files).hasSize(4);
        for (int i = 0; i < 4; i++) {
            BufferedImage image =
                    ImageIO.read(new ByteArrayInputStream(server.models.files.get(i)));
            assertThat(image.getWidth()).isEqualTo(width);
            assertThat(image.getHeight()).isEqualTo(height);
            byte[] found = new byte[width * height * 3];
            for (int at = 0; at < width * height; at++) {
                int rgb = image.getRGB(at % width, at / width);
                found[3 * at] = (byte) (rgb >> 16);
                found[3 * at + 1] = (byte) (rgb >> 8);
                found[3 * at + 2] = (byte) rgb;
            }
            int from = i % 2 * found.length;
            assertThat(found).isEqualTo(Arrays.copyOfRange(pixels, from, from + found.length));
        }
    }

    @Test
    void aHeatMapComesWhereItIsAskedForAndOnlyThen() throws Exception {
        String outputs = ",\"outputs\":[{\"name\":\"heatmap\"%s}]}";
        String asked = request(encoded(noise(5))).replaceAll("}$", "");

        Answer json = server.post(INFER, asked + outputs.formatted("")).status(200);
        Answer binary =
                server.post(
                                INFER,
                                asked + outputs.formatted(",\"parameters\":{\"binary_data\":true}"))
                        .status(200);
        server.post(INFER, asked + "}").status(200);

        assertThat(json.output("heatmap").get("data"))
                .isEqualTo(List.of(Base64.getEncoder().encodeToString(FakeModels.HEAT_MAP)));
        assertThat(Arrays.copyOfRange(binary.body(), binary.json().length, binary.body().length))
                .isEqualTo(new byte[] {5, 0, 0, 0, 1, 2, 3, 4, 5});
        assertThat(server.models.pictures)
                .extracting(PictureQuestion::heatMap)
                .containsExactly(HeatMapForm.LAYER, HeatMapForm.LAYER, HeatMapForm.NONE);
    }

    @Test
    void aPictureThatWasReducedIsToldByItsFactor() throws Exception {
        String asked = request(encoded(noise(5), noise(6)));

        assertThat(server.post(INFER, asked).status(200).tree()).doesNotContainKey("parameters");
        server.models.isReduced = true;
        assertThat(server.post(INFER, asked).status(200).tree())
                .containsEntry("parameters", Map.of("reduced_by", List.of(4L, 4L)));
    }

    @Test
    void whatIsTooLargeIsRefusedBeforeItIsAsked() throws Exception {
        byte[] large = noise(InferenceServer.PICTURE_BYTES_MAX + 1);
        byte[][] many = new byte[PictureInference.PICTURES_MAX + 1][1];

        assertThat(server.post(INFER, request(encoded(large))).status(413).error())
                .contains("100000 bytes");
        assertThat(server.post(INFER, request(encoded(many))).status(413).error())
                .contains("at most 16");
        String pixels =
                "{\"name\":\"image\",\"shape\":[1,1000,1000,3],\"datatype\":\"UINT8\",\"data\":[]}";
        assertThat(server.post(INFER, request(pixels)).status(413).error()).contains("1000 x 1000");
        assertThat(server.post(INFER, "[" + "1,".repeat(200_000) + "1]").status(413).error())
                .contains("larger");
        assertThat(server.models.pictures).isEmpty();
    }

    @Test
    void aRefusalOfTheModelIsAnErrorWithItsWordsAndStatus() throws Exception {
        server.models.refusal =
                java.util.Optional.of(
                        new AnswerException(AnswerException.Kind.BUSY, "many wait already"));

        assertThat(server.post(INFER, request(encoded(noise(3)))).status(429).error())
                .isEqualTo("many wait already");
    }
}
