package dev.snug.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The published figures under hard limits, at full size, with random weights where no trained model
 * is at hand: whether a job ends under a limit of the kernel, and what the closeness costs in CPU.
 * {@code bench/run proofs} starts it.
 *
 * <p>Every run starts cold, as those of {@link LimitSearch} do, so that all pages are charged to
 * its group, and each limited run follows one without a limit, which its ratio compares it with. A
 * job must give the same output under each limit. Limits go down to the smallest budget that the
 * command's own plan names; 15 % less must be refused.
 */
public final class HardLimits {
    private static final long MIB = 1L << 20;
    private static final long AMPLE_BYTES = 8192 * MIB;

    private static final Pattern NEEDED = Pattern.compile("--memory (\\d+)MiB");

    /** The command's exit code of a job that does not fit. */
    private static final int REFUSED = 3;

    /** Of the smallest budget, what must be refused. */
    private static final int REFUSED_PERCENT = 85;

    private final Snug snug;
    private final int rounds;
    private final Results results;

    /** A run that answered, the most that was charged to its group, and its answer. */
    private record Cold(Run run, long chargedBytes, String answer) {
        double chargedMebibytes() {
            return chargedBytes / (double) MIB;
        }
    }

    private HardLimits(Snug snug, int rounds, Results results) {
        this.snug = snug;
        this.rounds = rounds;
        this.results = results;
    }

    /**
     * Measures.
     *
     * @param arguments the checkout, the scratch folder, rounds, and words of the jobs' titles
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        if (arguments.length < 3) {
            System.err.println("usage: HardLimits CHECKOUT SCRATCH ROUNDS [WORD...]");
            System.exit(2);
        }
        Optional<String> unavailable = MemoryGroup.unavailable();
        if (unavailable.isPresent()) {
            System.err.println("bench: no hard limits here: " + unavailable.get());
            System.exit(1);
        }
        Snug plain = Snug.of(arguments[0], arguments[1]);
        HardLimits limits =
                new HardLimits(
                        LimitSearch.onCopiedJdk(plain),
                        Integer.parseInt(arguments[2]),
                        plain.results());
        List<String> named = List.of(arguments).subList(3, arguments.length);
        for (LimitedJob job : LimitedJob.all(limits.snug)) {
            if (named.isEmpty() || named.stream().anyMatch(job.title()::contains)) {
                limits.measure(job);
                limits.results.publish(plain.root().resolve("bench/results/proofs"));
            }
        }
    }

    private void measure(LimitedJob job) throws IOException {
        // The first answer lays the weights out for this machine, which is no part of the job.
        if (cold(job, AMPLE_BYTES).isEmpty()) {
            results.note("%s: it does not end without a limit either".formatted(job.title()));
            return;
        }
        int smallestMib = smallestMib(job);
        NavigableSet<Integer> limitsMib = new TreeSet<>(job.limitsMib());
        limitsMib.add(smallestMib);
        List<Run> ample = new ArrayList<>();
        for (int limitMib : limitsMib.tailSet(smallestMib).reversed()) {
            if (!endsAt(job, limitMib, ample)) {
                results.note(
                        "%s under %d MiB: it did not end there".formatted(job.title(), limitMib));
                break;
            }
        }
        results.addRuns(job.title() + ", no limit", ample);
        int lessMib = smallestMib * REFUSED_PERCENT / 100;
        Run refused = run(job, lessMib * MIB);
        results.note(
                "%s: the plan needs %d MiB; under %d MiB it ended with exit code %d after %.2f s"
                        .formatted(
                                job.title(),
                                smallestMib,
                                lessMib,
                                refused.exitCode(),
                                refused.wallSeconds()));
    }

    /** What the command says that the job needs when it is asked to keep to 16 MiB. */
    private int smallestMib(LimitedJob job) throws IOException {
        List<String> asked = new ArrayList<>(job.arguments());
        asked.add("--memory=16MiB");
        Run refused = snug.run(asked, null, job.timeoutSeconds());
        Matcher needed = NEEDED.matcher(refused.errors());
        if (refused.exitCode() != REFUSED || !needed.find()) {
            throw new IllegalStateException(job.title() + " was not refused: " + refused.errors());
        }
        return Integer.parseInt(needed.group(1));
    }

    private boolean endsAt(LimitedJob job, int limitMib, List<Run> ample) throws IOException {
        List<Cold> limited = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < rounds; round++) {
            Cold free = cold(job, AMPLE_BYTES).orElseThrow();
            Optional<Cold> ended = cold(job, limitMib * MIB);
            if (ended.isEmpty()) {
                return false;
            }
            if (!ended.get().answer().equals(free.answer())) {
                throw new IllegalStateException(job.title() + " answers otherwise under a limit");
            }
            ample.add(free.run());
            limited.add(ended.get());
            ratios.add(ended.get().run().cpuSeconds() / free.run().cpuSeconds());
        }
        String title = "%s, hard limit %d MiB".formatted(job.title(), limitMib);
        results.addRuns(title, limited.stream().map(Cold::run).toList());
        results.add(title, Quantity.CHARGED, limited.stream().map(Cold::chargedMebibytes).toList());
        results.add(title, Quantity.CPU_RATIO, ratios);
        return true;
    }

    /** Empty when the run was killed, refused, or did not end in time. */
    private Optional<Cold> cold(LimitedJob job, long limitBytes) throws IOException {
        try (MemoryGroup group = MemoryGroup.limited(limitBytes)) {
            Run run = run(job, limitBytes, group);
            return run.exitCode() == 0
                    ? Optional.of(new Cold(run, group.peakBytes(), job.answer(run)))
                    : Optional.empty();
        }
    }

    private Run run(LimitedJob job, long limitBytes) throws IOException {
        try (MemoryGroup group = MemoryGroup.limited(limitBytes)) {
            return run(job, limitBytes, group);
        }
    }

    /** Runs cold, told to keep to what the kernel will enforce. */
    private Run run(LimitedJob job, long limitBytes, MemoryGroup group) throws IOException {
        PageCache.evict(snug.jdk());
        PageCache.evict(snug.root().resolve("cli/target/dist"));
        PageCache.evict(job.model());
        List<String> arguments = new ArrayList<>(job.arguments());
        arguments.add("--memory=" + limitBytes / MIB + "MiB");
        Run run = snug.run(arguments, group, job.timeoutSeconds());
        System.err.printf(
                "bench: %s, %d MiB: exit %d, %.2f CPU s, %.2f s, charged %.0f MiB%n",
                job.title(),
                limitBytes / MIB,
                run.exitCode(),
                run.cpuSeconds(),
                run.wallSeconds(),
                group.peakBytes() / (double) MIB);
        return run;
    }
}
