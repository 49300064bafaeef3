package dev.snug.runtime.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The samples of one watch, at most {@link #SAMPLES_MAX} whatever it lasts, about 0.5 MiB of heap.
 *
 * <p>When it is full, of each two neighbours the one with more resident memory stays, and the time
 * between two looks doubles: three minutes are told in steps of 50 ms, an hour in steps of 1.6 s,
 * and the highest point of each step is kept.
 */
public final class MemoryLog implements Consumer<MemorySample> {
    /** Most samples kept: more than a picture of them has columns. */
    public static final int SAMPLES_MAX = 4096;

    /** Time between two looks at the beginning; shorter, and looking takes over 1 % of a core. */
    static final long INTERVAL_MILLIS_FIRST = 50;

    private final int samplesMax;
    private final List<MemorySample> samples = new ArrayList<>();
    private volatile long intervalMillis = INTERVAL_MILLIS_FIRST;

    public MemoryLog() {
        this(SAMPLES_MAX);
    }

    MemoryLog(int samplesMax) {
        this.samplesMax = samplesMax;
    }

    /** The time between two looks that fits what is kept already. */
    public long intervalMillis() {
        return intervalMillis;
    }

    @Override
    public synchronized void accept(MemorySample sample) {
        if (samples.size() == samplesMax) {
            halve();
        }
        samples.add(sample);
    }

    /** All that is kept, in the order of time. */
    public synchronized List<MemorySample> samples() {
        return List.copyOf(samples);
    }

    private void halve() {
        List<MemorySample> kept = new ArrayList<>(samplesMax);
        for (int i = 0; i < samples.size(); i += 2) {
            MemorySample first = samples.get(i);
            MemorySample second = samples.get(Math.min(i + 1, samples.size() - 1));
            kept.add(second.residentBytes() > first.residentBytes() ? second : first);
        }
        samples.clear();
        samples.addAll(kept);
        intervalMillis *= 2;
    }
}
