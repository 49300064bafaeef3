package dev.snug.bench;

import dev.snug.runtime.bundle.BundleStore;
import dev.snug.vision.Classification;
import dev.snug.vision.Classifier;
import dev.snug.vision.picture.Picture;
import dev.snug.vision.picture.PictureDecoder;
import dev.snug.vision.picture.PictureLimits;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the heat map's graph nodes alone cost, in per cent of an answer's CPU time: one process, the
 * two graphs in turn, the time of this thread, which is the engine's only one. The overlay is not
 * part of it, nor is the start of a process, whose noise is larger than the difference.
 */
final class HeatMapCost {
    private static final int WARM_UP_PAIRS = 3;
    private static final int PAIRS = 30;
    private static final int ENGINE_THREADS = 1;

    private HeatMapCost() {}

    /** (explain − classify) / classify, in per cent, of each pair. */
    static List<Double> percentOfEachPair(Path home, String model, Golden golden) {
        BundleStore store = new BundleStore(home);
        Picture picture = PictureDecoder.within(PictureLimits.DEFAULT).decode(golden.picture());
        List<Double> percents = new ArrayList<>();
        try (Classifier plain =
                        Classifier.open(
                                store, model, new Classifier.Options(false, null, ENGINE_THREADS));
                Classifier explaining =
                        Classifier.open(
                                store, model, new Classifier.Options(true, null, ENGINE_THREADS))) {
            for (int pair = -WARM_UP_PAIRS; pair < PAIRS; pair++) {
                long before = cpuNanos();
                Classification answer = plain.classify(picture, golden.patient());
                long between = cpuNanos();
                Classification explained =
                        explaining.explain(picture, golden.patient(), Optional.empty());
                long after = cpuNanos();
                golden.check(probabilities(answer));
                golden.check(probabilities(explained));
                if (pair >= 0) {
                    percents.add(
                            100.0 * ((after - between) - (between - before)) / (between - before));
                }
            }
        }
        return percents;
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

    private static long cpuNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }
}
