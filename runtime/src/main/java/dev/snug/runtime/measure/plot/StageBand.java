package dev.snug.runtime.measure.plot;

import dev.snug.runtime.measure.MemorySample;

import java.util.ArrayList;
import java.util.List;

/**
 * A stretch of time in which one stage ran, its steps taken together.
 *
 * @param name the stage's first word; empty before the first stage
 * @param fromMicros its beginning
 * @param toMicros the beginning of the next one, or the last sample
 */
record StageBand(String name, long fromMicros, long toMicros) {
    /** The bands of {@code samples}, which are in the order of time. */
    static List<StageBand> of(List<MemorySample> samples) {
        List<StageBand> bands = new ArrayList<>();
        long from = 0;
        for (int i = 1; i <= samples.size(); i++) {
            MemorySample last = samples.get(i - 1);
            boolean isEnd = i == samples.size();
            if (isEnd || !samples.get(i).stageName().equals(last.stageName())) {
                long to = isEnd ? last.micros() : samples.get(i).micros();
                bands.add(new StageBand(last.stageName(), from, to));
                from = to;
            }
        }
        return bands;
    }

    long micros() {
        return toMicros - fromMicros;
    }
}
