package dev.snug.bench;

import dev.snug.runtime.json.Fields;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.TreeMap;

/**
 * A job of the command that is tried under hard limits.
 *
 * @param title for tables
 * @param arguments of the command; the job writes {@code output}
 * @param model folder of the model, whose pages are dropped before each run
 * @param output the file that must be the same under every limit
 * @param limitsMib limits in MiB
 * @param timeoutSeconds for one run
 */
public record LimitedJob(
        String title,
        List<String> arguments,
        Path model,
        Path output,
        List<Integer> limitsMib,
        long timeoutSeconds) {

    /** Steps of F5 base: two show the cost of one more, and a run takes half a minute. */
    private static final int F5_STEPS = 2;

    private static final int PICTURE_SIDE = 900;

    /** The jobs whose figures are published; makes the models that are not there. */
    static List<LimitedJob> all(Snug snug) throws IOException {
        return List.of(voice(snug), picture(snug), f5(snug));
    }

    private static LimitedJob voice(Snug snug) {
        Path wav = snug.scratch().resolve("voice.wav");
        return new LimitedJob(
                "own voice, a short sentence",
                List.of(
                        "speak",
                        "Xin chào, hôm nay trời đẹp.",
                        "--json",
                        "-m",
                        "snug-vi",
                        "-o",
                        wav.toString()),
                snug.root().resolve("models/snug-vi"),
                wav,
                List.of(112, 96),
                300);
    }

    private static LimitedJob picture(Snug snug) throws IOException {
        String model = "proof-efficientnetv2-s";
        Path photo = snug.scratch().resolve("proof.jpg");
        SyntheticPhoto.writeJpeg(SyntheticPhoto.of(PICTURE_SIDE, PICTURE_SIDE), photo);
        Path map = snug.scratch().resolve("proof.heatmap.png");
        return new LimitedJob(
                "EfficientNetV2-S 300, heat map",
                List.of(
                        "classify",
                        photo.toString(),
                        "--explain",
                        "--json",
                        "-m",
                        model,
                        "-o",
                        map.toString()),
                made(snug, "efficientnetv2-s", model),
                map,
                List.of(128, 112),
                300);
    }

    private static LimitedJob f5(Snug snug) throws IOException {
        String model = "proof-f5-base";
        Path wav = snug.scratch().resolve("f5.wav");
        return new LimitedJob(
                "F5 base fp32, 4 s + 4 s, %d steps".formatted(F5_STEPS),
                List.of(
                        "speak",
                        "Xin chào, hôm nay trời đẹp.",
                        "--fix-duration=8",
                        "--json",
                        "--schedule=uniform",
                        "--steps=" + F5_STEPS,
                        "-m",
                        model,
                        "-o",
                        wav.toString()),
                made(snug, "f5-base", model),
                wav,
                List.of(512),
                900);
    }

    /** The folder of the model {@code name}, which is made where it is not there. */
    public static Path made(Snug snug, String kind, String name) {
        Path folder = snug.home().resolve("models").resolve(name);
        if (!Files.exists(folder)) {
            System.err.println("bench: making " + kind);
            snug.run(List.of("synth-model", kind, name), null, 3600).orThrow("synth-model " + kind);
        }
        return folder;
    }

    /** The output's SHA-256, and the probabilities where the command printed some. */
    String answer(Run run) throws IOException {
        StringBuilder text = new StringBuilder(sha256(Files.readAllBytes(output)));
        for (Fields answer : run.answers()) {
            if (answer.has("classes")) {
                text.append(new TreeMap<>(Run.probabilities(answer)));
            }
        }
        return text.toString();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
