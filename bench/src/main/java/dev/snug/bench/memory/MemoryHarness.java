package dev.snug.bench.memory;

import dev.snug.bench.Conditions;
import dev.snug.runtime.bundle.BundleStore;
import dev.snug.runtime.bundle.WholeFile;
import dev.snug.runtime.plan.MemoryModel;
import dev.snug.runtime.plan.Stage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * Measures every case of {@link Cases} in a fresh process on the launcher's flags and writes it
 * beside its prediction: {@code bench/results/memory/<machine>.csv}, and the ratios as Markdown on
 * standard output. {@code bench/run memory} starts it; about ten minutes on an idle machine.
 *
 * <p>It ends with exit code 1 when a prediction is below what was measured.
 */
public final class MemoryHarness {
    private static final int WORST = 10;

    private final Path root;
    private final Path scratch;
    private final List<Outcome> outcomes = new ArrayList<>();

    private MemoryHarness(Path root, Path scratch) {
        this.root = root;
        this.scratch = scratch;
    }

    /** Measures; the arguments are the checkout and the folder for models. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length != 2) {
            System.err.println("usage: MemoryHarness CHECKOUT SCRATCH");
            System.exit(2);
        }
        Path root = Path.of(arguments[0]).toAbsolutePath();
        Path scratch = Files.createDirectories(Path.of(arguments[1]).resolve("memory"));
        MemoryHarness harness = new MemoryHarness(root, scratch.toAbsolutePath());
        harness.measure();
        harness.publish(Conditions.of(root.toString(), scratch.toString()));
        if (harness.outcomes.stream().anyMatch(outcome -> outcome.ratio() < 1)) {
            System.exit(1);
        }
    }

    private void measure() throws IOException, InterruptedException {
        Path home = scratch.resolve("home");
        BundleStore store = new BundleStore(home);
        for (Architecture architecture : Architecture.values()) {
            architecture.install(store, scratch);
        }
        Stages stages = new Stages(store);
        List<Case> cases = Cases.all();
        for (Case one : cases) {
            System.err.printf(
                    "bench: %d of %d: %s%n", outcomes.size() + 1, cases.size(), one.key());
            Stage stage = stages.stage(one);
            outcomes.add(
                    new Outcome(
                            one,
                            stage,
                            MemoryModel.predict(stage, 0),
                            measured(stages.arguments(one))));
        }
    }

    private Outcome.Measured measured(List<String> arguments)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(root.resolve("snug").toString());
        command.add(StageRun.class.getName());
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("SNUG_LAUNCH", "bench");
        builder.environment()
                .put("SNUG_BENCH_CLASSES", root.resolve("bench/target/classes").toString());
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String line = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IllegalStateException("the measured process failed: " + command);
        }
        return Outcome.Measured.parse(line);
    }

    private void publish(Conditions conditions) throws IOException {
        StringBuilder text = new StringBuilder(Outcome.HEADER).append('\n');
        outcomes.forEach(outcome -> text.append(outcome.csv()).append('\n'));
        Path folder = Files.createDirectories(root.resolve("bench/results/memory"));
        Path file = folder.resolve(conditions.machineKey() + ".csv");
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        WholeFile.write(file, out -> out.write(bytes));
        System.out.println(conditions.sentence());
        System.out.println("\n| cases | | worst | median | most |\n|---|---|---|---|---|");
        for (boolean isHeldOut : new boolean[] {false, true}) {
            List<Outcome> some =
                    outcomes.stream().filter(one -> one.one().isHeldOut() == isHeldOut).toList();
            String name = some.size() + (isHeldOut ? " held out" : " others");
            System.out.println(row(name, "peak RSS", some, Outcome::ratio));
            System.out.println(row(name, "anonymous", some, Outcome::anonymousRatio));
        }
        System.out.println("\nThe worst:");
        outcomes.stream()
                .sorted(Comparator.comparingDouble(Outcome::ratio))
                .limit(WORST)
                .forEach(one -> System.out.printf("%.3f %s%n", one.ratio(), one.one().key()));
        System.err.println("bench: wrote " + file);
    }

    private static String row(
            String name, String what, List<Outcome> some, ToDoubleFunction<Outcome> ratio) {
        double[] sorted = some.stream().mapToDouble(ratio).sorted().toArray();
        return String.format(
                Locale.ROOT,
                "| %s | %s | %.3f | %.3f | %.3f |",
                name,
                what,
                sorted[0],
                sorted[sorted.length / 2],
                sorted[sorted.length - 1]);
    }
}
