package dev.snug.bench;

import dev.snug.runtime.json.Fields;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The CPU time of one more picture, against the same graph in ONNX Runtime for Python, in turn in
 * one run: the model is an EfficientNetV2-S of 300 pixels with random weights. Snug's figure has
 * reading, resizing and, with a heat map, the written overlay in it; Python's is the graph alone.
 * {@code bench/run pictures} starts it.
 */
public final class PictureHarness {
    private static final int SIDE = 300;
    private static final int PICTURES = 20;
    private static final long TIMEOUT_SECONDS = 300;
    private static final String MODEL = "proof-efficientnetv2-s";

    private final Snug snug;
    private final Path python;
    private final Path model;
    private final Path photo;

    private PictureHarness(Snug snug, Path python) throws IOException {
        this.snug = snug;
        this.python = python;
        this.model = LimitedJob.made(snug, "efficientnetv2-s", MODEL);
        this.photo = snug.scratch().resolve("picture-300.jpg");
        SyntheticPhoto.writeJpeg(SyntheticPhoto.of(SIDE, SIDE), photo);
    }

    /**
     * Measures.
     *
     * @param arguments the checkout, the scratch folder, the number of rounds, and a Python with
     *     {@code bench/original/requirements.txt}
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length != 4) {
            System.err.println("usage: PictureHarness CHECKOUT SCRATCH ROUNDS PYTHON");
            System.exit(2);
        }
        Snug snug = Snug.of(arguments[0], arguments[1]);
        PictureHarness harness = new PictureHarness(snug, Path.of(arguments[3]));
        Results results = snug.results();
        int rounds = Integer.parseInt(arguments[2]);
        harness.measure(results, rounds, "classify", List.of());
        Path maps = Files.createDirectories(snug.scratch().resolve("maps"));
        harness.measure(results, rounds, "explain", List.of("--explain", "-o", maps + "/"));
        results.publish(snug.root().resolve("bench/results/pictures"));
    }

    private void measure(Results results, int rounds, String graph, List<String> options)
            throws IOException, InterruptedException {
        // The first answer lays the weights out for this machine.
        cpuSeconds(1, options);
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            Fields answer =
                    Original.answer(
                            python,
                            snug.root().resolve("bench/original/pictures.py"),
                            List.of(
                                    model.resolve(graph + "-" + SIDE + ".onnx").toString(),
                                    "--runs=" + PICTURES));
            double other = Original.mean(answer, "cpu_seconds_each_run", 0);
            double one = cpuSeconds(1, options);
            double own = (cpuSeconds(1 + PICTURES, options) - one) / PICTURES;
            System.err.printf("bench: %s, round %d: %.3f and %.3f s%n", graph, round, own, other);
            ours.add(own);
            theirs.add(other);
            ratios.add(own / other);
        }
        results.add(graph + " 300, a warm picture", Quantity.PICTURE_CPU, ours);
        results.add(graph + " 300, a warm picture", Quantity.CPU_RATIO, ratios);
        results.add(
                graph + " 300, the graph in ONNX Runtime for Python", Quantity.PICTURE_CPU, theirs);
    }

    private double cpuSeconds(int pictures, List<String> options) {
        List<String> line = new ArrayList<>(List.of("classify", "--json", "-m", MODEL));
        line.addAll(options);
        line.addAll(Collections.nCopies(pictures, photo.toString()));
        return snug.run(line, null, TIMEOUT_SECONDS).orThrow("classify").cpuSeconds();
    }
}
