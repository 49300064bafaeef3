package dev.snug.bench;

import dev.snug.runtime.bundle.BundleStore;
import dev.snug.vision.Classification;
import dev.snug.vision.Classifier;
import dev.snug.vision.picture.Picture;
import dev.snug.vision.picture.PictureDecoder;
import dev.snug.vision.picture.PictureLimits;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the heat map's graph nodes alone cost, in per cent of an answer's CPU time: one process, the
 * two graphs in turn, the time of this thread, which is the engine's only one. The overlay is not
 * part of it, nor is the start of a process, whose noise is larger than the difference.
 */
final class HeatMapCost {
    private static final int WARM_UP_PAIRS = 4;

    /** Single pairs differ by what else the processor's caches hold; sums of ten hardly do. */
    private static final int PAIRS_OF_A_GROUP = 10;

    private static final int GROUPS = 9;
    private static final int ENGINE_THREADS = 1;

    private HeatMapCost() {}

    /** (explain − classify) / classify, in per cent, of each group of pairs. */
    static List<Double> percents(Path home, String model, Golden golden) {
        BundleStore store = new BundleStore(home);
        Picture picture = PictureDecoder.within(PictureLimits.DEFAULT).decode(golden.picture());
        try (Classifier plain = open(store, model, false);
                Classifier explaining = open(store, model, true)) {
            Supplier<Classification> classify = () -> plain.classify(picture, golden.patient());
            Supplier<Classification> explain =
                    () -> explaining.explain(picture, golden.patient(), Optional.empty());
            percent(classify, explain, WARM_UP_PAIRS, golden);
            List<Double> percents = new ArrayList<>();
            for (int group = 0; group < GROUPS; group++) {
                percents.add(percent(classify, explain, PAIRS_OF_A_GROUP, golden));
            }
            return percents;
        }
    }

    private static Classifier open(BundleStore store, String model, boolean explain) {
        return Classifier.open(
                store, model, new Classifier.Options(explain, null, ENGINE_THREADS), step -> {});
    }

    /** Every other pair runs the other way round: the second of two finds warmer caches. */
    private static double percent(
            Supplier<Classification> classify,
            Supplier<Classification> explain,
            int pairs,
            Golden golden) {
        long plainNanos = 0;
        long explainNanos = 0;
        for (int pair = 0; pair < pairs; pair++) {
            if (pair % 2 == 0) {
                plainNanos += cpuNanos(classify, golden);
                explainNanos += cpuNanos(explain, golden);
            } else {
                explainNanos += cpuNanos(explain, golden);
                plainNanos += cpuNanos(classify, golden);
            }
        }
        return 100.0 * (explainNanos - plainNanos) / plainNanos;
    }

    /** CPU time of this thread for one answer, which is checked outside of it. */
    private static long cpuNanos(Supplier<Classification> answer, Golden golden) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadCpuTime();
        Classification found = answer.get();
        long nanos = threads.getCurrentThreadCpuTime() - before;
        golden.check(probabilities(found));
        return nanos;
    }

    private static Map<String, Double> probabilities(Classification answer) {
        Map<String, Double> probabilities = new HashMap<>();
        answer.scores()
                .forEach(
                        score ->
                                probabilities.put(
                                        score.label().id(), (double) score.probability()));
        return probabilities;
    }
}
