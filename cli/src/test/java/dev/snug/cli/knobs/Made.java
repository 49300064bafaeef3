package dev.snug.cli.knobs;

import dev.snug.runtime.measure.MemorySample;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Knobs, samples and findings that the tests share: figures are small whole numbers. */
final class Made {
    static final long MIB = 1 << 20;

    private Made() {}

    /** A speech model of chunks of 8 s and a recording of 3.5 s; fp16 and int8 are installed. */
    static SpeechKnobs speech() {
        Map<String, String> others = new LinkedHashMap<>();
        others.put("int8", "voice:int8");
        others.put("fp16", "voice:fp16");
        return new SpeechKnobs(new Variants("voice", "voice", others), 8, 3.5, 32, true);
    }

    /** A classifier for 300 and 224 pixels. */
    static PictureKnobs pictures() {
        return new PictureKnobs(
                new Variants("skin", "skin", Map.of()), List.of(300, 224), true, true);
    }

    /** A sample; bytes in MiB, times in milliseconds. */
    static MemorySample sample(
            long millis, long anonymous, long file, long peak, long cpuMillis, String stage) {
        return new MemorySample(
                millis * 1000,
                anonymous * MIB,
                file * MIB,
                0,
                peak * MIB,
                cpuMillis * 1000,
                MemorySample.Around.UNKNOWN,
                stage);
    }

    /**
     * One process of speech: 1 s until its first chunk, 1 s of a chunk around two steps of 2 s, and
     * 4 s of the processor in all.
     */
    static JobFigures spoken(double peakMib, double anonymousMib) {
        return new JobFigures(
                peakMib * MIB,
                anonymousMib * MIB,
                0,
                new JobFigures.Time(6, 4),
                new JobFigures.Time(1, 1),
                new JobFigures.Time(2, 1),
                2,
                new JobFigures.Load(40.0 * MIB, 20.0 * MIB, 60.0 * MIB, 0.5));
    }

    /** Every job of {@code knobs} at {@code figures}, the default three times. */
    static Map<Job, List<JobFigures>> all(Knobs knobs, JobFigures figures) {
        Map<Job, List<JobFigures>> runs = new LinkedHashMap<>();
        for (Job job : knobs.jobs()) {
            List<JobFigures> of = new ArrayList<>(List.of(figures));
            if (job.equals(knobs.job())) {
                of.addAll(List.of(figures, figures));
            }
            runs.put(job, of);
        }
        return runs;
    }

    /** The row of a knob at a value. */
    static Row row(Findings findings, Knob knob, String value) {
        return findings.rows().stream()
                .filter(row -> row.setting().knob() == knob)
                .filter(row -> row.setting().value().equals(value))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no row " + knob + " " + value));
    }
}
