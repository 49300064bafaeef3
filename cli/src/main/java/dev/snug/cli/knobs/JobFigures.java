package dev.snug.cli.knobs;

import dev.snug.runtime.measure.MemorySample;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What one process took. Of several processes, the median of each figure.
 *
 * @param peakBytes resident, as the kernel kept it
 * @param anonymousBytes the most of pages without a file
 * @param sharedMemoryBytes of files that it left in /dev/shm: they are not resident, but count
 *     against the limit of the control group
 * @param whole of the process from its start to its end
 * @param start until its first chunk of speech; nothing for pictures
 * @param unit one step of speech or one picture, the first one left out
 * @param units that it did
 * @param before what it held before its model was loaded
 */
public record JobFigures(
        double peakBytes,
        double anonymousBytes,
        double sharedMemoryBytes,
        Time whole,
        Time start,
        Time unit,
        int units,
        Load before) {
    private static final double MICROS = 1e6;

    /** Seconds by the clock and of the processor. */
    public record Time(double seconds, double cpuSeconds) {
        static final Time NONE = new Time(0, 0);

        Time plus(double factor, Time other) {
            return new Time(
                    seconds + factor * other.seconds, cpuSeconds + factor * other.cpuSeconds);
        }
    }

    /**
     * What loading the model takes.
     *
     * @param residentBytes before it
     * @param anonymousBytes before it
     * @param moreBytes resident after it
     * @param seconds by the clock
     */
    public record Load(
            double residentBytes, double anonymousBytes, double moreBytes, double seconds) {}

    /**
     * The figures of one process.
     *
     * @param samples its memory log, one at least
     * @param seconds by the clock from before its start to after its end
     */
    public static JobFigures of(
            Job job, List<MemorySample> samples, double seconds, long sharedMemoryBytes) {
        MemorySample last = samples.getLast();
        List<Integer> starts = starts(samples, job.isSpeech() ? "velocity" : "decode");
        int units = job.isSpeech() ? steps(samples, starts) : job.pictures();
        MemorySample working =
                samples.get(starts.isEmpty() ? samples.size() - 1 : starts.getFirst());
        MemorySample first = samples.getFirst();
        return new JobFigures(
                last.peakBytes(),
                anonymousBytes(samples),
                sharedMemoryBytes,
                new Time(seconds, last.cpuMicros() / MICROS),
                job.isSpeech() ? start(samples, seconds) : Time.NONE,
                unit(samples, starts, units, job.isSpeech()),
                units,
                new Load(
                        first.residentBytes(),
                        first.anonymousBytes(),
                        (double) working.residentBytes() - first.residentBytes(),
                        (working.micros() - first.micros()) / MICROS));
    }

    /** Where a unit begins: a stage of the name that was another one before. */
    private static List<Integer> starts(List<MemorySample> samples, String name) {
        List<Integer> starts = new ArrayList<>();
        String before = "";
        for (int i = 0; i < samples.size(); i++) {
            MemorySample sample = samples.get(i);
            if (sample.stageName().equals(name) && !sample.stage().equals(before)) {
                starts.add(i);
            }
            before = sample.stage();
        }
        return starts;
    }

    /** The number behind the stroke: 7 of {@code velocity 1/7}. */
    private static int steps(List<MemorySample> samples, List<Integer> starts) {
        if (starts.isEmpty()) {
            return 1;
        }
        String stage = samples.get(starts.getFirst()).stage();
        String number = stage.replaceFirst("^[^/]*/(\\d{1,9}).*$", "$1");
        return number.equals(stage) ? 1 : Integer.parseInt(number);
    }

    /** A peak between two samples is found again as what files never filled (0020). */
    private static double anonymousBytes(List<MemorySample> samples) {
        long most = 0;
        long mostOfFiles = 0;
        for (MemorySample sample : samples) {
            most = Math.max(most, sample.anonymousBytes());
            mostOfFiles = Math.max(mostOfFiles, sample.fileBytes());
        }
        return Math.max(most, samples.getLast().peakBytes() - mostOfFiles);
    }

    private static Time start(List<MemorySample> samples, double seconds) {
        for (MemorySample sample : samples) {
            if (sample.stageName().equals("text")) {
                double after = (samples.getLast().micros() - sample.micros()) / MICROS;
                return new Time(seconds - after, sample.cpuMicros() / MICROS);
            }
        }
        return Time.NONE;
    }

    private static Time unit(
            List<MemorySample> samples, List<Integer> starts, int units, boolean isSpeech) {
        if (starts.isEmpty()) {
            return Time.NONE;
        }
        int end = starts.getLast();
        while (end + 1 < samples.size()
                && (!isSpeech || samples.get(end).stageName().equals("velocity"))) {
            end++;
        }
        // The first unit pays for pages and layouts. Where a short one was missed, the mean of all.
        boolean isComplete = starts.size() == units && units > 1;
        MemorySample from = samples.get(starts.get(isComplete ? 1 : 0));
        double count = isComplete ? units - 1 : units;
        return new Time(
                (samples.get(end).micros() - from.micros()) / MICROS / count,
                (samples.get(end).cpuMicros() - from.cpuMicros()) / MICROS / count);
    }

    /** The median of each figure of {@code runs}, one at least. */
    public static JobFigures median(List<JobFigures> runs) {
        return new JobFigures(
                median(runs, JobFigures::peakBytes),
                median(runs, JobFigures::anonymousBytes),
                median(runs, JobFigures::sharedMemoryBytes),
                medianTime(runs.stream().map(JobFigures::whole).toList()),
                medianTime(runs.stream().map(JobFigures::start).toList()),
                medianTime(runs.stream().map(JobFigures::unit).toList()),
                runs.getFirst().units(),
                new Load(
                        median(runs, run -> run.before().residentBytes()),
                        median(runs, run -> run.before().anonymousBytes()),
                        median(runs, run -> run.before().moreBytes()),
                        median(runs, run -> run.before().seconds())));
    }

    private static Time medianTime(List<Time> times) {
        return new Time(median(times, Time::seconds), median(times, Time::cpuSeconds));
    }

    private static <T> double median(List<T> all, ToDoubleFunction<T> figure) {
        double[] sorted = all.stream().mapToDouble(figure).toArray();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    /** The same with {@code count} units: each more or less takes one unit's time, no memory. */
    JobFigures ofUnits(int count) {
        return withWhole(whole.plus(count - units, unit), count);
    }

    /** The same with all behind its start done {@code factor} times. */
    JobFigures repeated(double factor) {
        return withWhole(start.plus(factor, whole.plus(-1, start)), units);
    }

    /** The same in {@code factor} processes. */
    JobFigures times(double factor) {
        return withWhole(Time.NONE.plus(factor, whole), units);
    }

    private JobFigures withWhole(Time newWhole, int newUnits) {
        return new JobFigures(
                peakBytes,
                anonymousBytes,
                sharedMemoryBytes,
                newWhole,
                start,
                unit,
                newUnits,
                before);
    }
}
