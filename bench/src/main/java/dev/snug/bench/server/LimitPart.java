package dev.snug.bench.server;

import dev.snug.bench.MemoryGroup;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.ToDoubleFunction;

/** Launcher, front and workers inside a hard limit of the kernel, with heat maps and speech. */
final class LimitPart {
    private static final int LIMIT_MIB = 256;
    private static final int CONNECTIONS = 8;
    private static final int WARM_UP = 40;
    private static final int BURST = 64;
    private static final double NO_RATE = 0;

    private final Bench bench;
    private final Expected expected;
    private final List<Outcome> outcomes = new ArrayList<>();

    /** One run; times are in milliseconds and a burst's are of all its requests. */
    private record Outcome(
            double capacity,
            double rate,
            Tally pictures,
            Tally speech,
            List<Tally> bursts,
            double peakMebibytes,
            long oomKills,
            long majorFaults,
            double starts) {
        double refusalMillis() {
            return bursts.stream().mapToDouble(burst -> burst.refusalMillis(95)).max().orElse(0);
        }

        int sum(java.util.function.ToIntFunction<Tally> part) {
            int ofBursts = bursts.stream().mapToInt(part).sum();
            return part.applyAsInt(pictures) + part.applyAsInt(speech) + ofBursts;
        }

        boolean isRight() {
            return oomKills == 0 && sum(Tally::wrong) == 0 && sum(Tally::lost) == 0;
        }
    }

    private LimitPart(Bench bench, Expected expected) {
        this.bench = bench;
        this.expected = expected;
    }

    /** Whether nothing was killed, lost or wrong. */
    static boolean measure(Bench bench) throws IOException, InterruptedException {
        Optional<String> unavailable = MemoryGroup.unavailable();
        if (unavailable.isPresent()) {
            System.err.println("bench: no hard limit here: " + unavailable.get());
            return true;
        }
        LimitPart part = new LimitPart(bench, Expected.of(bench));
        for (int run = 0; run < bench.scale().limitRuns(); run++) {
            part.outcomes.add(part.run());
        }
        part.tabulate();
        return part.outcomes.stream().allMatch(Outcome::isRight);
    }

    private Outcome run() throws IOException, InterruptedException {
        bench.evict();
        try (MemoryGroup group = MemoryGroup.limited((long) LIMIT_MIB << 20)) {
            try (Served served =
                    Served.start(
                            bench.snug(),
                            group,
                            "--memory=" + LIMIT_MIB + "MiB",
                            "--classifier=" + Bench.LARGE,
                            "--speaker=" + Bench.VOICE)) {
                return run(served, group);
            }
        }
    }

    private Outcome run(Served served, MemoryGroup group) throws IOException, InterruptedException {
        Load load = new Load(served.uri(), bench.allPictures(), expected);
        AtomicBoolean isOver = new AtomicBoolean();
        try (Client client = new Client(served.uri());
                ExecutorService beside = Executors.newSingleThreadExecutor()) {
            bench.classify(client, 0);
            Future<Tally> speech = beside.submit(() -> load.speech(isOver));
            try {
                double capacity = capacity(load);
                double asked = bench.scale().rate();
                double rate = asked == NO_RATE ? Scale.SHARE * capacity : asked;
                System.err.printf(
                        "bench: %.2f pictures a second at the most, %.2f asked%n", capacity, rate);
                Tally pictures = load.open(CONNECTIONS, bench.scale().requests(), rate);
                List<Tally> bursts = new ArrayList<>();
                for (int i = 0; i < bench.scale().bursts(); i++) {
                    bursts.add(load.closed(BURST, BURST));
                    System.err.println("bench: a burst: " + bursts.getLast());
                }
                isOver.set(true);
                Tally spoken = speech.get();
                System.err.println("bench: speech: " + spoken);
                return new Outcome(
                        capacity,
                        rate,
                        pictures,
                        spoken,
                        bursts,
                        Footprint.mebibytes(group.peakBytes()),
                        group.oomKills(),
                        group.majorFaults(),
                        client.metric("snug_worker_starts"));
            } catch (ExecutionException e) {
                throw new IllegalStateException("the speech beside failed", e);
            } finally {
                isOver.set(true);
            }
        }
    }

    private static double capacity(Load load) throws InterruptedException {
        long startNanos = System.nanoTime();
        Tally warmUp = load.closed(CONNECTIONS, WARM_UP);
        if (warmUp.answered() == 0) {
            throw new IllegalStateException("no picture was answered: " + warmUp);
        }
        return warmUp.answered() / ((System.nanoTime() - startNanos) / 1e9);
    }

    private void tabulate() {
        String title =
                "hard limit %d MiB, %d heat maps from %d connections, speech beside"
                        .formatted(LIMIT_MIB, bench.scale().requests(), CONNECTIONS);
        add(title, "capacity, closed loop", "1/s", "", Outcome::capacity);
        add(title, "arrivals, open loop", "1/s", "", Outcome::rate);
        add(title, "killed for memory (oom_kill)", "", "0", Outcome::oomKills);
        add(title, "charged at most", "MiB", "≤ " + LIMIT_MIB, Outcome::peakMebibytes);
        add(title, "major page faults", "", "", Outcome::majorFaults);
        add(title, "workers started", "", "", Outcome::starts);
        add(title, "pictures answered", "", "", one -> one.pictures().answered());
        add(title, "pictures refused", "", "", one -> one.pictures().refused());
        add(title, "p50 from arrival", "ms", "", one -> one.pictures().answerMillis(50));
        add(title, "p95 from arrival", "ms", "", one -> one.pictures().answerMillis(95));
        add(title, "p99 from arrival", "ms", "", one -> one.pictures().answerMillis(99));
        add(title, "p95 of refusals", "ms", "≤ 150", one -> one.pictures().refusalMillis(95));
        add(title, "texts spoken", "", "", one -> one.speech().answered());
        add(title, "texts refused", "", "", one -> one.speech().refused());
        add(title, "p50 of a text", "ms", "", one -> one.speech().answerMillis(50));
        add(title, "answers unlike the command's", "", "0", one -> one.sum(Tally::wrong));
        add(title, "lost or other status", "", "0", one -> one.sum(Tally::lost));
        if (bench.scale().bursts() > 0) {
            String bursts =
                    "the same, %d bursts of %d at once".formatted(bench.scale().bursts(), BURST);
            add(bursts, "answered", "", "", one -> ofBursts(one, Tally::answered));
            add(bursts, "refused (429, 503)", "", "", one -> ofBursts(one, Tally::refused));
            add(bursts, "p95 of refusals, worst burst", "ms", "≤ 150", Outcome::refusalMillis);
        }
    }

    private static int ofBursts(Outcome one, java.util.function.ToIntFunction<Tally> part) {
        return one.bursts().stream().mapToInt(part).sum();
    }

    private void add(
            String title,
            String quantity,
            String unit,
            String reach,
            ToDoubleFunction<Outcome> value) {
        List<Double> values = outcomes.stream().map(one -> value.applyAsDouble(one)).toList();
        bench.table().add("limit", title, quantity, unit, values, reach, "");
    }
}
