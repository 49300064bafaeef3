package dev.snug.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.cli.serve.Client.Answer;
import dev.snug.runtime.json.Json;
import dev.snug.runtime.json.JsonLimits;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

import javax.imageio.ImageIO;

/**
 * The Open Inference Protocol over real models. The oracles: {@code /v1} for answers, which are the
 * command line's (ServedAnswersIT); the kernel for processes and their memory.
 */
@Timeout(120)
final class ServedInferenceIT {
    private static final String SENTENCE = "Xin chào các bạn. Hôm nay trời đẹp.";
    private static final String PICTURES = "/v2/models/tiny";
    private static final String VOICE = "/v2/models/snug-vi";
    private static final String REPOSITORY = "/v2/repository/models/";
    private static final String LENGTH = "Inference-Header-Content-Length";
    private static final JsonLimits LIMITS = new JsonLimits(16 << 20, 1_000_000, 16, 1 << 20);

    /** What a worker with the small classifier holds at least, in KiB. */
    private static final long LOADED_KIB_LEAST = 10 << 10;

    @TempDir private static Path folder;

    private static Snug snug;
    private static Serving serving;
    private static Client client;

    @BeforeAll
    static void start() throws Exception {
        snug = Snug.in(folder).withClassifier();
        serving = snug.serve("--cache-entries", "0");
        client = serving.client();
    }

    @AfterAll
    static void end() throws Exception {
        assertThat(Serving.left(snug.data()).stream().filter(Files::isRegularFile))
                .as("nothing of a request is left on the disk")
                .isEmpty();
        serving.close();
    }

    /** The data of an output in JSON. */
    private static List<?> data(Answer answer, String name) {
        byte[] json = answer.status(200).body();
        String length = answer.header(LENGTH.toLowerCase(java.util.Locale.ROOT));
        byte[] head = length.isEmpty() ? json : Arrays.copyOf(json, Integer.parseInt(length));
        for (Object each : (List<?>) Objects.requireNonNull(tree(head).get("outputs"))) {
            if (each instanceof Map<?, ?> output && name.equals(output.get("name"))) {
                return (List<?>) Objects.requireNonNull(output.get("data"));
            }
        }
        throw new AssertionError("no output " + name);
    }

    private static Map<String, @Nullable Object> tree(byte[] json) {
        return Json.parseObject(json, "an answer", LIMITS);
    }

    /** Probabilities by the id of their class. */
    private static Map<String, Float> probabilities(Answer answer) {
        Map<String, Float> probabilities = new HashMap<>();
        List<?> classes = data(answer, "classes");
        List<?> values = data(answer, "probabilities");
        assertThat(values).hasSameSizeAs(classes);
        for (int i = 0; i < classes.size(); i++) {
            probabilities.put(
                    String.valueOf(classes.get(i)), ((Number) values.get(i)).floatValue());
        }
        return probabilities;
    }

    private static Map<String, Float> expected() throws Exception {
        Map<String, Float> expected = new HashMap<>();
        client.classify(Snug.PICTURE, "")
                .status(200)
                .probabilities()
                .forEach((each, p) -> expected.put(each.split(" ", 2)[0], p.floatValue()));
        return expected;
    }

    /** Red, green, blue of each pixel, as the JDK's ImageIO reads them. */
    private static byte[] pixels(BufferedImage image) {
        ByteBuffer pixels = ByteBuffer.allocate(3 * image.getWidth() * image.getHeight());
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x = 0; x < image.getWidth(); x++) {
                int rgb = image.getRGB(x, y);
                pixels.put((byte) (rgb >> 16)).put((byte) (rgb >> 8)).put((byte) rgb);
            }
        }
        return pixels.array();
    }

    private static Answer infer(String model, String json, byte[] behind) throws Exception {
        byte[] head = json.getBytes(StandardCharsets.UTF_8);
        ByteBuffer body = ByteBuffer.allocate(head.length + behind.length).put(head).put(behind);
        return client.with(LENGTH, Integer.toString(head.length))
                .post(model + "/infer", "application/octet-stream", body.array());
    }

    @Test
    void aFileAndItsPixelsAreAnsweredAsTheOtherApiAnswersTheFile() throws Exception {
        byte[] file = Files.readAllBytes(Snug.PICTURE);
        String encoded = Base64.getEncoder().encodeToString(file);
        Answer base64 =
                client.post(
                        PICTURES + "/infer",
                        "application/json",
                        "{\"inputs\":[{\"name\":\"picture\",\"datatype\":\"BYTES\",\"shape\":[1],\"data\":[\"%s\"]}]}"
                                .formatted(encoded));
        BufferedImage image = ImageIO.read(Snug.PICTURE.toFile());
        byte[] pixels = pixels(image);
        Answer raw =
                infer(
                        PICTURES,
                        "{\"inputs\":[{\"name\":\"image\",\"datatype\":\"UINT8\",\"shape\":[1,%d,%d,3],\"parameters\":{\"binary_data_size\":%d}}]}"
                                .formatted(image.getHeight(), image.getWidth(), pixels.length),
                        pixels);

        assertThat(probabilities(base64)).isEqualTo(expected());
        assertThat(probabilities(raw)).isEqualTo(expected());
        assertThat(data(raw, "classes")).isEqualTo(classesOf("tiny"));
    }

    /** In the order of the model. */
    private static List<?> classesOf(String model) throws Exception {
        byte[] json = client.get("/v1/models").status(200).body();
        for (Object each : (List<?>) Objects.requireNonNull(tree(json).get("models"))) {
            if (each instanceof Map<?, ?> card && model.equals(card.get("name"))) {
                List<?> classes = (List<?>) Objects.requireNonNull(card.get("classes"));
                return classes.stream().map(one -> ((Map<?, ?>) one).get("id")).toList();
            }
        }
        throw new AssertionError("no model " + model);
    }

    @Test
    void theSoundIsThePcmOfTheOtherApiSampleBySample() throws Exception {
        byte[] pcm =
                client.post(
                                "/v1/speech",
                                "application/json",
                                "{\"text\":\"%s\",\"format\":\"pcm\"}".formatted(SENTENCE))
                        .status(200)
                        .body();
        String input =
                "{\"inputs\":[{\"name\":\"text\",\"datatype\":\"BYTES\",\"shape\":[1],\"data\":[\"%s\"]}]%s}";

        Answer json =
                client.post(VOICE + "/infer", "application/json", input.formatted(SENTENCE, ""));
        Answer binary =
                infer(
                        VOICE,
                        input.formatted(
                                SENTENCE,
                                ",\"outputs\":[{\"name\":\"sample_rate\"},{\"name\":\"sound\",\"parameters\":{\"binary_data\":true}}]"),
                        new byte[0]);

        List<Long> samples = new ArrayList<>();
        ByteBuffer sound = ByteBuffer.wrap(pcm).order(ByteOrder.LITTLE_ENDIAN);
        while (sound.hasRemaining()) {
            samples.add((long) sound.getShort());
        }
        assertThat(samples).hasSizeGreaterThan(12_000);
        assertThat(data(json, "sound")).isEqualTo(samples);
        assertThat(data(binary, "sample_rate")).isEqualTo(List.of(24_000L));
        byte[] body = binary.body();
        assertThat(Arrays.copyOfRange(body, body.length - pcm.length, body.length)).isEqualTo(pcm);
        assertThat(body.length - pcm.length)
                .isEqualTo(
                        Integer.parseInt(binary.header(LENGTH.toLowerCase(java.util.Locale.ROOT))));
    }

    @Test
    void aLoadedModelIsThereBeforeItsFirstQuestionAndAnUnloadedOneHoldsNothing() throws Exception {
        try (Serving own = snug.serve("--cache-entries", "0", "--data", folder + "/own")) {
            Client here = own.client();
            assertThat(own.workers()).isEmpty();
            here.post(REPOSITORY + "tiny/load", "application/json", "{}").status(200);
            ProcessHandle worker = own.worker("PictureTask");
            long loadedKib = anonymousKib(worker);
            here.classify(Snug.PICTURE, "").status(200);
            assertThat(own.worker("PictureTask").pid()).isEqualTo(worker.pid());
            here.post(REPOSITORY + "snug-vi/load", "application/json", "{}").status(200);
            ProcessHandle speech = own.worker("SpeechTask");

            here.post(REPOSITORY + "tiny/unload", "application/json", "{}").status(200);
            System.out.printf(
                    "proof: a loaded classifier's worker held %d KiB of anonymous memory; unloaded,"
                            + " its process is gone%n",
                    loadedKib);
            assertThat(loadedKib).isGreaterThan(LOADED_KIB_LEAST);
            assertThat(worker.isAlive()).isFalse();
            assertThat(speech.isAlive()).isTrue();
            assertThat(here.get(PICTURES + "/ready").status(400).json().flag("ready")).isFalse();
            here.get(VOICE + "/ready").status(200);

            // The other API loads it again; this one waits until that is asked for.
            here.classify(Snug.PICTURE, "").status(200);
            here.get(PICTURES + "/ready").status(400);
            here.post(REPOSITORY + "tiny/load", "application/json", "{}").status(200);
            here.get(PICTURES + "/ready").status(200);
        }
    }

    private static long anonymousKib(ProcessHandle process) throws Exception {
        return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                .filter(line -> line.startsWith("RssAnon:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum();
    }

    @Test
    void aModelThatDoesNotFitIsNotLoadedAndTheErrorSaysWhatItNeeds() throws Exception {
        try (Serving small = snug.serve("--memory", "100MiB", "--data", folder + "/small")) {
            Answer refused =
                    small.client()
                            .post(REPOSITORY + "tiny/load", "application/json", "{}")
                            .status(400);
            assertThat(refused.json().text("error")).contains("tiny needs ", "raise --memory");
            assertThat(small.workers()).isEmpty();
        }
    }

    @Test
    void scopesAndErrorsAreThoseOfTheProtocol() throws Exception {
        assertThat(client.get("/v2/models/none").status(404).json().text("error")).isNotBlank();
        assertThat(client.get("/v2").status(200).json().text("version")).isNotEqualTo("unknown");
        String version = client.get(PICTURES).status(200).json().words("versions", 1).getFirst();
        client.get(PICTURES + "/versions/" + version + "/ready").status(200);
    }
}
