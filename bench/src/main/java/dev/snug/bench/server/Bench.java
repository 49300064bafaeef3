package dev.snug.bench.server;

import dev.snug.bench.LimitSearch;
import dev.snug.bench.LimitedJob;
import dev.snug.bench.PageCache;
import dev.snug.bench.Snug;
import dev.snug.bench.SyntheticPhoto;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What all parts measure with: the command, its models, eight pictures that differ, and a text.
 *
 * @param snug the command on a JDK that nothing else runs
 */
record Bench(Snug snug, Scale scale, Table table, List<Path> pictures) {
    static final String LARGE = "proof-efficientnetv2-s";
    static final String SMALL = "bench-two-inputs";
    static final String VOICE = "snug-vi";

    static final String TEXT =
            "Xin chào, hôm nay trời đẹp quá. Chúng ta đi dạo một vòng quanh hồ nhé."
                    + " Sau đó mình về nhà nấu cơm.";

    private static final String GOLDEN = "vision/src/test/resources/golden/keras-vision/two_inputs";
    private static final int PICTURES = 8;
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;
    private static final int STEP = 16;

    /** Makes the models and pictures that are not there. */
    static Bench of(Snug plain, Scale scale, Table table) throws IOException {
        LimitedJob.made(plain, "efficientnetv2-s", LARGE);
        if (!Files.exists(plain.home().resolve("models").resolve(SMALL))) {
            String model = plain.root().resolve(GOLDEN + ".keras").toString();
            String settings = plain.root().resolve(GOLDEN + ".settings.json").toString();
            plain.run(List.of("import", model, "--name", SMALL, "--settings", settings))
                    .orThrow("import of the small classifier");
        }
        List<Path> pictures = new ArrayList<>();
        for (int i = 0; i < PICTURES; i++) {
            Path file = plain.scratch().resolve("server-" + i + ".jpg");
            SyntheticPhoto.writeJpeg(SyntheticPhoto.of(WIDTH + i * STEP, HEIGHT + i * STEP), file);
            pictures.add(file);
        }
        // The first answer lays a model's weights out for this machine, which is no start's part.
        for (String model : List.of(LARGE, SMALL)) {
            String map = plain.scratch().resolve("server-first.png").toString();
            String picture = pictures.getFirst().toString();
            plain.run(List.of("classify", picture, "--explain", "-m", model, "-o", map))
                    .orThrow("the first answer of " + model);
        }
        return new Bench(LimitSearch.onCopiedJdk(plain), scale, table, pictures);
    }

    byte[] picture(int number) throws IOException {
        return Files.readAllBytes(pictures.get(number % PICTURES));
    }

    List<byte[]> allPictures() throws IOException {
        List<byte[]> all = new ArrayList<>();
        for (int i = 0; i < PICTURES; i++) {
            all.add(picture(i));
        }
        return all;
    }

    /** Drops the pages of all that a server reads: JDK, jars, caches, engine and models. */
    void evict() throws IOException {
        PageCache.evict(snug.jdk());
        PageCache.evict(snug.root().resolve("cli/target/dist"));
        PageCache.evict(snug.root().resolve("models").resolve(VOICE));
        PageCache.evict(snug.home());
    }

    /** A picture that must be answered with a heat map. */
    void classify(Client client, int number) throws IOException, InterruptedException {
        Answer answer = client.picture(picture(number));
        if (!answer.isAnswered() || !answer.hasHeatMap()) {
            throw new IllegalStateException(
                    "no heat map but status %d: %s"
                            .formatted(
                                    answer.status(),
                                    new String(
                                            answer.body(),
                                            java.nio.charset.StandardCharsets.UTF_8)));
        }
    }
}
