package dev.snug.vision;

import dev.snug.onnx.Tensor;
import dev.snug.vision.explain.HeatMap;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Comparator;
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

    /**
     * What a run's results say.
     *
     * @param classes in the order of {@code probabilities}, float32 [1, classes]
     */
    static Classification of(
            List<ClassLabel> classes, @Nullable Tensor probabilities, @Nullable HeatMap heatMap) {
        if (probabilities == null) {
            throw new IllegalStateException("the model gave no probabilities");
        }
        float[] values = probabilities.toFloats();
        List<ClassScore> scores = new ArrayList<>();
        for (int number = 0; number < values.length; number++) {
            scores.add(new ClassScore(classes.get(number), values[number]));
        }
        scores.sort(Comparator.comparingDouble(ClassScore::probability).reversed());
        return new Classification(scores, heatMap);
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
