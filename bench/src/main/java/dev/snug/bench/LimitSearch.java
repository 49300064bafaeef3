package dev.snug.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The search for the smallest hard memory limit, in steps of 16 MiB, under which {@code snug
 * classify --explain} still answers, and what the closeness costs in CPU.
 *
 * <p>Every run starts cold: the pages of the model, the jars, the AOT cache, the engine's library
 * and the JDK are dropped first, so that all of them are charged to the group, as on a fresh host.
 * The command gets a JDK of its own, a copy, since pages that other programs have mapped cannot be
 * dropped. The C library is shared with the whole machine and stays uncharged, about 3 MiB.
 */
public final class LimitSearch {
    private static final long MIB = 1L << 20;
    private static final long STEP_BYTES = 16 * MIB;

    /** For the runs that the ratios compare with: a group that never comes near its limit. */
    private static final long AMPLE_BYTES = 4096 * MIB;

    /** Beyond this a process thrashes: it may end some day, but nobody waits. */
    private static final long TIMEOUT_SECONDS = 120;

    /** Runs that must all answer at a limit. */
    private static final int RUNS = 3;

    private static final List<String> JDK_PARTS_NOT_RUN =
            List.of("jmods", "lib/src.zip", "demo", "legal", "man", "include");

    private final Snug snug;
    private final Workload workload;
    private final List<Path> mapped;

    /** A search for {@code snug}, on a copy of its JDK. */
    static LimitSearch of(Snug snug, Workload workload) throws IOException {
        return new LimitSearch(onCopiedJdk(snug), workload);
    }

    /** The same command on a JDK that no other process runs, so that its pages can be dropped. */
    public static Snug onCopiedJdk(Snug snug) throws IOException {
        Path copy = snug.scratch().resolve("jdk");
        copyJdk(snug.jdk(), copy);
        return snug.withJdk(copy);
    }

    private LimitSearch(Snug snug, Workload workload) {
        this.snug = snug;
        this.workload = workload;
        this.mapped =
                List.of(
                        snug.jdk(),
                        snug.root().resolve("cli/target/dist"),
                        snug.home().resolve("models").resolve(Workload.MODEL));
    }

    /** Measures from the first limit that all fits in down to the first that it does not. */
    void measure(Results results) throws IOException {
        Cold ample = cold(AMPLE_BYTES).orElseThrow();
        long limit = Math.ceilDiv(ample.chargedBytes(), STEP_BYTES) * STEP_BYTES;
        while (answersAt(limit, results)) {
            limit -= STEP_BYTES;
        }
        System.err.printf("bench: no answer under a limit of %d MiB%n", limit / MIB);
    }

    /** A run that answered, and the most that was charged to its group. */
    private record Cold(Run run, long chargedBytes) {
        double chargedMebibytes() {
            return chargedBytes / (double) MIB;
        }
    }

    /**
     * Adds the row of a limit unless one of its runs does not answer. Each run follows one without
     * a limit, which its ratio compares it with: the machine's speed changes over minutes.
     */
    private boolean answersAt(long limitBytes, Results results) throws IOException {
        List<Cold> limited = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < RUNS; i++) {
            Cold ample = cold(AMPLE_BYTES).orElseThrow();
            Optional<Cold> answered = cold(limitBytes);
            if (answered.isEmpty()) {
                return false;
            }
            limited.add(answered.get());
            ratios.add(answered.get().run().cpuSeconds() / ample.run().cpuSeconds());
        }
        String configuration = "cold start, limit " + limitBytes / MIB + " MiB";
        results.addRuns(configuration, limited.stream().map(Cold::run).toList());
        results.add(
                configuration,
                Quantity.CHARGED,
                limited.stream().map(Cold::chargedMebibytes).toList());
        results.add(configuration, Quantity.CPU_RATIO, ratios);
        return true;
    }

    /** Empty when the run was killed, refused, or did not end in time. */
    private Optional<Cold> cold(long limitBytes) throws IOException {
        for (Path path : mapped) {
            PageCache.evict(path);
        }
        try (MemoryGroup group = MemoryGroup.limited(limitBytes)) {
            Run run = snug.run(workload.arguments(Workload.Task.EXPLAIN), group, TIMEOUT_SECONDS);
            if (run.exitCode() != 0) {
                System.err.printf(
                        "bench: limit %d MiB: exit code %d %s%n",
                        limitBytes / MIB, run.exitCode(), run.errors().strip());
                return Optional.empty();
            }
            workload.check(Workload.Task.EXPLAIN, run);
            return Optional.of(new Cold(run, group.peakBytes()));
        }
    }

    /** Times are kept: the AOT cache names the JDK's module file by size and time. */
    private static void copyJdk(Path from, Path to) throws IOException {
        if (Files.exists(to.resolve("release"))) {
            return;
        }
        List<Path> paths;
        try (Stream<Path> walk = Files.walk(from)) {
            paths =
                    walk.filter(
                                    path ->
                                            JDK_PARTS_NOT_RUN.stream()
                                                    .noneMatch(
                                                            part ->
                                                                    from.relativize(path)
                                                                            .startsWith(part)))
                            .toList();
        }
        for (Path path : paths) {
            Path target = to.resolve(from.relativize(path).toString());
            if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
                Files.createDirectories(target);
            } else if (!path.endsWith("release")) {
                copy(path, target);
            }
        }
        // Last: what finds it may count on the rest.
        copy(from.resolve("release"), to.resolve("release"));
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.copy(
                from, to, StandardCopyOption.COPY_ATTRIBUTES, StandardCopyOption.REPLACE_EXISTING);
    }
}
