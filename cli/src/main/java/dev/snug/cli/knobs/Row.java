package dev.snug.cli.knobs;

import java.util.Optional;

/**
 * One row of the report.
 *
 * @param figures for as much work as the default run does; empty where nothing was run
 * @param beside the same of what it is compared with
 * @param refusal what the command said that could not run so; empty where it ran or was not tried
 * @param noise differences that mean nothing
 */
public record Row(
        Setting setting,
        Optional<Figures> figures,
        Optional<Figures> beside,
        String refusal,
        Noise noise) {
    /**
     * How far runs differ by chance.
     *
     * @param bytes of the peak
     * @param timeShare of seconds, by the clock and of the processor
     */
    public record Noise(double bytes, double timeShare) {}

    /**
     * Memory and time.
     *
     * @param bytes the most that counts against a limit: resident, and files in /dev/shm
     * @param anonymousBytes of it without a file
     * @param sharedMemoryBytes of it files in /dev/shm
     * @param seconds by the clock; not a number where there is no such work
     * @param cpuSeconds of the processor, likewise
     */
    public record Figures(
            double bytes,
            double anonymousBytes,
            double sharedMemoryBytes,
            double seconds,
            double cpuSeconds) {
        static Figures of(JobFigures job) {
            return new Figures(
                    job.peakBytes() + job.sharedMemoryBytes(),
                    job.anonymousBytes(),
                    job.sharedMemoryBytes(),
                    job.whole().seconds(),
                    job.whole().cpuSeconds());
        }

        static Figures beforeLoad(JobFigures.Load load) {
            return new Figures(
                    load.residentBytes(), load.anonymousBytes(), 0, Double.NaN, Double.NaN);
        }
    }

    /** What became of a quantity. */
    public enum Effect {
        LESS,
        NONE,
        MORE
    }

    /** Bytes beside what they are compared with; not a number without figures. */
    public double memoryRatio() {
        return ratio(figures.map(Figures::bytes), beside.map(Figures::bytes));
    }

    /** Seconds beside what they are compared with. */
    public double secondsRatio() {
        return ratio(figures.map(Figures::seconds), beside.map(Figures::seconds));
    }

    /** Seconds of the processor beside what they are compared with. */
    public double cpuRatio() {
        return ratio(figures.map(Figures::cpuSeconds), beside.map(Figures::cpuSeconds));
    }

    private static double ratio(Optional<Double> value, Optional<Double> other) {
        return value.orElse(Double.NaN) / other.orElse(Double.NaN);
    }

    /** More bytes than what they are compared with, or fewer where negative. */
    double moreBytes() {
        return figures.map(Figures::bytes).orElse(Double.NaN)
                - beside.map(Figures::bytes).orElse(Double.NaN);
    }

    /** The same of anonymous pages, which must stay. */
    double moreAnonymousBytes() {
        return figures.map(Figures::anonymousBytes).orElse(Double.NaN)
                - beside.map(Figures::anonymousBytes).orElse(Double.NaN);
    }

    Effect memoryEffect() {
        return effect(moreBytes(), noise.bytes());
    }

    Effect anonymousEffect() {
        return effect(moreAnonymousBytes(), noise.bytes());
    }

    /** Whether neither the clock nor the processor tells a difference. */
    boolean isTimeSame() {
        return effect(secondsRatio() - 1, noise.timeShare()) == Effect.NONE
                && effect(cpuRatio() - 1, noise.timeShare()) == Effect.NONE;
    }

    private static Effect effect(double difference, double noise) {
        if (difference > noise) {
            return Effect.MORE;
        }
        return difference < -noise ? Effect.LESS : Effect.NONE;
    }
}
