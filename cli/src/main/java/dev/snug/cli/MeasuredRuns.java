package dev.snug.cli;

import dev.snug.runtime.bundle.Configuration;
import dev.snug.runtime.bundle.Measured.Figures;
import dev.snug.runtime.measure.MemorySample;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * The runs of one configuration, each in a process of its own, and what they say together.
 *
 * @param unitStage name of the stage that is repeated: {@code velocity}, {@code run}
 * @param units in each run: pictures; 0 where the stage itself counts its steps
 * @param runs the samples of each, none empty
 */
record MeasuredRuns(
        Configuration configuration, String unitStage, int units, List<List<MemorySample>> runs) {
    MeasuredRuns {
        runs = List.copyOf(runs);
    }

    /** Median, least and most of all runs. */
    record Spread(long median, long least, long most) {
        static Spread of(long[] values) {
            long[] sorted = values.clone();
            Arrays.sort(sorted);
            int middle = sorted.length / 2;
            long median =
                    sorted.length % 2 == 1
                            ? sorted[middle]
                            : (sorted[middle - 1] + sorted[middle]) / 2;
            return new Spread(median, sorted[0], sorted[sorted.length - 1]);
        }
    }

    Spread peakBytes() {
        return spread(run -> run.getLast().peakBytes());
    }

    /**
     * The highest sample; or, where a peak lay between two samples, the part of the kernel's own
     * peak that files never filled.
     */
    Spread anonymousBytes() {
        return spread(
                run ->
                        Math.max(
                                most(run, MemorySample::anonymousBytes),
                                run.getLast().peakBytes() - most(run, MemorySample::fileBytes)));
    }

    Spread fileBytes() {
        return spread(run -> most(run, MemorySample::fileBytes));
    }

    Spread cpuMicros() {
        return spread(run -> run.getLast().cpuMicros());
    }

    /** Time by the clock of one step or picture. */
    Spread unitMicros() {
        return spread(this::unitMicros);
    }

    /** What is written down: memory as the worst run took it, time as the middle one did. */
    Figures figures() {
        return new Figures(
                peakBytes().most(),
                anonymousBytes().most(),
                fileBytes().most(),
                cpuMicros().median(),
                unitMicros().median());
    }

    /** The run with the highest peak. */
    List<MemorySample> highest() {
        List<MemorySample> highest = runs.getFirst();
        for (List<MemorySample> run : runs) {
            if (run.getLast().peakBytes() > highest.getLast().peakBytes()) {
                highest = run;
            }
        }
        return highest;
    }

    private Spread spread(ToLongFunction<List<MemorySample>> figure) {
        return Spread.of(runs.stream().mapToLong(figure).toArray());
    }

    private static long most(List<MemorySample> run, ToLongFunction<MemorySample> figure) {
        return run.stream().mapToLong(figure).max().orElse(0);
    }

    private long unitMicros(List<MemorySample> run) {
        long micros = 0;
        Set<String> steps = new LinkedHashSet<>();
        for (int i = 0; i + 1 < run.size(); i++) {
            MemorySample sample = run.get(i);
            if (sample.stageName().equals(unitStage)) {
                // A stage lasts until the first sample of another one.
                micros += run.get(i + 1).micros() - sample.micros();
                steps.add(sample.stage());
            }
        }
        return micros / Math.max(1, units > 0 ? units : steps.size());
    }
}
