package dev.snug.vision;

import dev.snug.vision.explain.HeatMap;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a model says of one picture.
 *
 * @param scores every class once, the likeliest first
 * @param heatMap where the model looked; null when nobody asked
 */
public record Classification(List<ClassScore> scores, @Nullable HeatMap heatMap) {
    public Classification {
        scores = List.copyOf(scores);
        if (scores.isEmpty()) {
            throw new IllegalArgumentException("no classes");
        }
    }

    /** The likeliest class. */
    public ClassScore top() {
        return scores.getFirst();
    }

    /** The summed probability of each group, in the order of its likeliest class. */
    public Map<String, Double> groups() {
        Map<String, Double> sums = new LinkedHashMap<>();
        for (ClassScore score : scores) {
            String group = score.label().group();
            if (group != null) {
                sums.merge(group, (double) score.probability(), Double::sum);
            }
        }
        return sums;
    }
}
