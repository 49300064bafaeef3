package dev.snug.bench.suites;

import dev.snug.bench.Conditions;
import dev.snug.runtime.bundle.WholeFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Reads every file of the suites, then damaged forms of each, in processes under a hard limit, and
 * counts how that ended. {@code bench/run suites} starts it. Exit code 1 when a file crashed or was
 * refused unclearly, took too long, or left a descriptor open; such files stay in {@code found/}.
 */
public final class SuiteHarness {
    /** Larger files say nothing that smaller ones do not, once they are damaged. */
    private static final long DAMAGED_BYTES_MAX = 2 << 20;

    private final Path folder;
    private final List<String> bad = new ArrayList<>();

    private SuiteHarness(Path folder) {
        this.folder = folder;
    }

    /** The arguments are the checkout and the folder that {@code bench/suites/prepare} filled. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length < 2) {
            System.err.println("usage: SuiteHarness CHECKOUT FOLDER [SUITE...]");
            System.exit(2);
        }
        Path folder = Path.of(arguments[1]).toAbsolutePath();
        Conditions conditions = Conditions.of(arguments[0], folder.toString());
        List<Suite> suites =
                arguments.length == 2
                        ? List.of(Suite.values())
                        : Stream.of(arguments).skip(2).map(SuiteHarness::suite).toList();
        SuiteHarness harness = new SuiteHarness(folder);
        List<Tally> tallies = new ArrayList<>();
        for (Suite suite : suites) {
            tallies.add(harness.measure(suite));
        }
        System.out.println(conditions.sentence() + "\n\n" + Tally.table(tallies));
        harness.bad.forEach(System.out::println);
        if (!harness.bad.isEmpty()) {
            System.exit(1);
        }
    }

    private static Suite suite(String word) {
        for (Suite suite : Suite.values()) {
            if (suite.folder().equals(word)) {
                return suite;
            }
        }
        throw new IllegalArgumentException(
                "there is no suite " + word + "; there are " + List.of(Suite.values()));
    }

    private Tally measure(Suite suite) throws IOException {
        Tally tally = new Tally(suite);
        List<Path> files;
        try (Stream<Path> all = Files.walk(folder.resolve(suite.folder()))) {
            files = all.filter(Files::isRegularFile).sorted().toList();
        }
        Path mutant = folder.resolve("damaged");
        WorkerProcess worker = new WorkerProcess(suite, folder);
        try (worker) {
            for (Path file : files) {
                note(tally, file.toString(), file, worker.read(file));
                if (Files.size(file) > DAMAGED_BYTES_MAX) {
                    continue;
                }
                byte[] content = Files.readAllBytes(file);
                for (int number = 0; number < suite.mutants; number++) {
                    byte[] damaged = Mutant.of(content, number);
                    WholeFile.write(mutant, out -> out.write(damaged));
                    note(tally, file + " damaged " + number, mutant, worker.read(mutant));
                }
                System.err.printf("suites: %s: %d files%n", suite.folder(), tally.files());
            }
        }
        tally.ended(worker.peakBytes());
        return tally;
    }

    /** Counts; what is not good is kept and named. */
    private void note(Tally tally, String name, Path file, Finding found) throws IOException {
        tally.add(found);
        if (!found.isGood()) {
            Path kept = folder.resolve("found").resolve(tally.suite().folder() + "-" + bad.size());
            byte[] content = Files.readAllBytes(file);
            WholeFile.write(kept, out -> out.write(content));
            String line =
                    "%s %s: %s (%d descriptors)"
                            .formatted(
                                    found.verdict().kind(),
                                    name,
                                    found.verdict().words(),
                                    found.leaked());
            bad.add(line);
            System.err.println("suites: " + line);
        }
    }

    /** The counts of one suite. */
    private static final class Tally {
        private final Suite suite;
        private final Map<Verdict.Kind, Integer> counts = new EnumMap<>(Verdict.Kind.class);
        private int files;
        private int leaks;
        private long slowest;
        private long peakBytes;

        Tally(Suite suite) {
            this.suite = suite;
        }

        Suite suite() {
            return suite;
        }

        int files() {
            return files;
        }

        void add(Finding found) {
            files++;
            counts.merge(found.verdict().kind(), 1, Integer::sum);
            leaks += found.leaked() > 0 ? 1 : 0;
            slowest = Math.max(slowest, found.millis());
        }

        void ended(long bytes) {
            peakBytes = bytes;
        }

        static String table(List<Tally> tallies) {
            StringBuilder text =
                    new StringBuilder(
                            "| suite | files | read | refused in a line | unclear | crashed | late"
                                    + " | leaks | slowest, ms | charged, MiB |\n");
            text.append("|---".repeat(10)).append("|\n");
            for (Tally tally : tallies) {
                text.append("| ").append(tally.suite.folder()).append(" | ").append(tally.files);
                for (Verdict.Kind kind : Verdict.Kind.values()) {
                    text.append(" | ").append(tally.counts.getOrDefault(kind, 0));
                }
                text.append(" | ").append(tally.leaks).append(" | ").append(tally.slowest);
                text.append(" | ").append(tally.peakBytes >> 20).append(" |\n");
            }
            return text.toString();
        }
    }
}
