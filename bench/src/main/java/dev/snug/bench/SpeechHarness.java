package dev.snug.bench;

import dev.snug.runtime.bundle.FolderTree;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The measurement of speech at full size: F5 base and Vocos with random weights, a reference of
 * four seconds and four more to say, 750 frames. {@code bench/run speech} starts it.
 *
 * <p>CPU of a step: a run of four steps less a run of two, halved, so that start, text and vocoder
 * fall away. Every round runs everything once, the original graphs in Python too, and the ratio is
 * that of the round. Before each run the pages of model, jars and engine are dropped.
 */
public final class SpeechHarness {
    private static final int FEW_STEPS = 2;
    private static final int MORE_STEPS = 4;
    private static final int FRAMES = 750;
    private static final int THREADS = 1;
    private static final long IMPORT_LIMIT_BYTES = 256L << 20;
    private static final long TIMEOUT_SECONDS = 900;

    /** What speaks. */
    private enum Variant {
        MAPPED("F5 base, weights mapped", "f5-base", "mapped"),
        PREPACKED("F5 base, weights prepacked", "f5-base", "prepacked"),
        ARCHIVE("VietVoice base, imported, weights mapped", "vietvoice-base", "mapped");

        private final String title;
        private final String model;
        private final String weights;

        Variant(String title, String model, String weights) {
            this.title = title;
            this.model = model;
            this.weights = weights;
        }
    }

    private final Snug snug;
    private final int rounds;
    private final Path checkpoint;
    private final Path archive;
    private final Results results;

    private SpeechHarness(Snug snug, int rounds, Results results) {
        this.snug = snug;
        this.rounds = rounds;
        this.results = results;
        this.checkpoint = snug.scratch().resolve("f5-base");
        this.archive = snug.scratch().resolve("vietvoice-base.tar");
    }

    /**
     * Measures.
     *
     * @param arguments the checkout, the scratch folder, the number of rounds, and a Python with
     *     {@code bench/original/requirements.txt} where there is one
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length < 3) {
            System.err.println("usage: SpeechHarness CHECKOUT SCRATCH ROUNDS [PYTHON]");
            System.exit(2);
        }
        Snug snug = Snug.of(arguments[0], arguments[1]);
        Results results = snug.results();
        SpeechHarness harness = new SpeechHarness(snug, Integer.parseInt(arguments[2]), results);
        harness.makeModels();
        harness.measureImports();
        harness.measureSpeech(arguments.length > 3 ? Path.of(arguments[3]) : null);
        results.publish(snug.root().resolve("bench/results/speech"));
    }

    private void makeModels() {
        if (!Files.exists(checkpoint)) {
            run(List.of("synth-model", "f5-base", "x", "-o", checkpoint.toString()));
        }
        if (!Files.exists(archive)) {
            run(List.of("synth-model", "vietvoice-base", "x", "-o", archive.toString()));
        }
    }

    /** Each in a hard limit, the source not in the page cache; the last one stays installed. */
    private void measureImports() throws IOException {
        Optional<String> unavailable = MemoryGroup.unavailable();
        unavailable.ifPresent(why -> results.note("the imports' limit: " + why));
        measureImport(checkpoint, "f5-base", unavailable.isEmpty());
        measureImport(archive, "vietvoice-base", unavailable.isEmpty());
    }

    private void measureImport(Path source, String name, boolean isLimited) throws IOException {
        if (Files.exists(snug.home().resolve("models").resolve(name))) {
            results.note("the import of " + name + ": it is installed in the scratch folder");
            return;
        }
        List<Run> runs = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            FolderTree.delete(snug.home().resolve("models").resolve(name));
            PageCache.evict(source);
            List<String> line = List.of("import", source.toString(), "--name", name);
            if (isLimited) {
                try (MemoryGroup group = MemoryGroup.limited(IMPORT_LIMIT_BYTES)) {
                    runs.add(snug.run(line, group, TIMEOUT_SECONDS).orThrow("import " + name));
                }
            } else {
                runs.add(run(line));
            }
        }
        results.addRuns(
                "import of %s%s".formatted(name, isLimited ? ", hard limit 256 MiB" : ""), runs);
    }

    private void measureSpeech(@Nullable Path python) throws IOException, InterruptedException {
        List<Double> original = new ArrayList<>();
        List<Original.Took> originals = new ArrayList<>();
        Map<Variant, List<Run>> runs = new EnumMap<>(Variant.class);
        Map<Variant, List<Double>> steps = new EnumMap<>(Variant.class);
        for (int round = 0; round < rounds; round++) {
            System.err.printf("bench: round %d of %d%n", round + 1, rounds);
            if (python != null) {
                Path script = snug.root().resolve("bench/original/speech.py");
                Original.Took took =
                        new Original(python, script, archive).run(MORE_STEPS, FRAMES, THREADS);
                originals.add(took);
                original.add(took.stepSeconds());
            }
            for (Variant variant : Variant.values()) {
                Run few = cold(variant, FEW_STEPS);
                Run more = cold(variant, MORE_STEPS);
                runs.computeIfAbsent(variant, _ -> new ArrayList<>()).add(more);
                steps.computeIfAbsent(variant, _ -> new ArrayList<>())
                        .add((more.cpuSeconds() - few.cpuSeconds()) / (MORE_STEPS - FEW_STEPS));
            }
        }
        addOriginal(originals);
        for (Variant variant : Variant.values()) {
            List<Double> each = steps.getOrDefault(variant, List.of());
            results.addRuns(variant.title, runs.getOrDefault(variant, List.of()));
            results.add(variant.title, Quantity.STEP_CPU, each);
            if (!original.isEmpty()) {
                List<Double> ratios = new ArrayList<>();
                for (int i = 0; i < each.size(); i++) {
                    ratios.add(each.get(i) / original.get(i));
                }
                results.add(variant.title, Quantity.CPU_RATIO, ratios);
            }
        }
    }

    private void addOriginal(List<Original.Took> runs) {
        if (runs.isEmpty()) {
            results.note("the original graphs: they take a Python, SNUG_BENCH_PYTHON");
            return;
        }
        String title = "VietVoice base, original graphs in ONNX Runtime for Python";
        results.add(
                title, Quantity.STEP_CPU, runs.stream().map(Original.Took::stepSeconds).toList());
        results.add(title, Quantity.PEAK_RSS, runs.stream().map(Original.Took::peakMib).toList());
        results.add(title, Quantity.ANON, runs.stream().map(Original.Took::anonMib).toList());
        results.add(title, Quantity.FILE, runs.stream().map(Original.Took::fileMib).toList());
    }

    private Run cold(Variant variant, int steps) throws IOException {
        PageCache.evict(snug.home().resolve("models").resolve(variant.model));
        PageCache.evict(snug.root().resolve("cli/target/dist"));
        List<String> line =
                new ArrayList<>(
                        List.of("speak", "Xin chào, hôm nay trời đẹp.", "--fix-duration", "8"));
        line.addAll(List.of("--model", variant.model, "--weights", variant.weights));
        line.addAll(List.of("--steps", Integer.toString(steps), "--schedule", "uniform"));
        line.addAll(List.of("--threads", Integer.toString(THREADS), "--json"));
        line.addAll(List.of("--reference-audio", checkpoint.resolve("voice.wav").toString()));
        line.addAll(List.of("--reference-text", text()));
        line.addAll(List.of("-o", snug.scratch().resolve("speech.wav").toString()));
        return run(line);
    }

    private String text() throws IOException {
        return Files.readString(checkpoint.resolve("voice.txt")).strip();
    }

    private Run run(List<String> line) {
        return snug.run(line, null, TIMEOUT_SECONDS).orThrow(String.join(" ", line));
    }
}
