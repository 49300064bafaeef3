package dev.snug.bench;

import dev.snug.runtime.json.Fields;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

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
        List<Double> whole = new ArrayList<>();
        List<Double> graphs = new ArrayList<>();
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
            double alone = Original.mean(warmRuns(graph), "cpu_seconds_each_run", 0);
            double one = cpuSeconds(1, options);
            double own = (cpuSeconds(1 + PICTURES, options) - one) / PICTURES;
            System.err.printf(
                    "bench: %s, round %d: %.3f, %.3f alone, Python %.3f s%n",
                    graph, round, own, alone, other);
            whole.add(own);
            graphs.add(alone);
            theirs.add(other);
            ratios.add(alone / other);
        }
        String title = graph + " 300, the graph alone";
        results.add(title, Quantity.PICTURE_CPU, graphs);
        results.add(title, Quantity.CPU_RATIO, ratios);
        results.add(title + ", ONNX Runtime for Python", Quantity.PICTURE_CPU, theirs);
        results.add(graph + " 300, a warm picture whole", Quantity.PICTURE_CPU, whole);
    }

    /** On the copy for this machine, behind the launcher's flags. */
    private Fields warmRuns(String graph) throws IOException, InterruptedException {
        Path copy;
        try (Stream<Path> entries = Files.list(model)) {
            copy =
                    entries.filter(entry -> entry.getFileName().toString().startsWith("optimized-"))
                            .findFirst()
                            .orElseThrow();
        }
        ProcessBuilder builder =
                new ProcessBuilder(
                        snug.root().resolve("snug").toString(),
                        WarmRuns.class.getName(),
                        copy.resolve(graph + "-" + SIDE + ".onnx").toString(),
                        Integer.toString(PICTURES));
        builder.environment()
                .putAll(
                        Map.of(
                                "SNUG_LAUNCH",
                                "bench",
                                "SNUG_JAVA_HOME",
                                snug.jdk().toString(),
                                "SNUG_BENCH_CLASSES",
                                snug.root().resolve("bench/target/classes").toString()));
        return Original.answer(builder);
    }

    private double cpuSeconds(int pictures, List<String> options) {
        List<String> line = new ArrayList<>(List.of("classify", "--json", "-m", MODEL));
        line.addAll(options);
        line.addAll(Collections.nCopies(pictures, photo.toString()));
        return snug.run(line, null, TIMEOUT_SECONDS).orThrow("classify").cpuSeconds();
    }
}
