package dev.snug.vision.compare;

import dev.snug.vision.ClassScore;
import dev.snug.vision.Classification;
import dev.snug.vision.explain.HeatMap;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How far two answers about one picture are apart.
 *
 * @param sameTop whether both find the same class likeliest
 * @param probabilityDifference the largest difference of a class's probabilities, 0 to 1
 * @param mapCorrelation of the two heat maps, −1 to 1 ({@link Correlation#pearson}), 0 where only
 *     the first shows something; empty where it shows nothing, or one of the two has no map
 */
public record CaseDifference(
        boolean sameTop, double probabilityDifference, OptionalDouble mapCorrelation) {
    /**
     * The difference of {@code found} from {@code expected}. Their maps are to be of one class.
     *
     * @throws IllegalArgumentException when the two know different classes, or maps of different
     *     sizes
     */
    public static CaseDifference of(Classification expected, Classification found) {
        Map<String, Float> probabilities = new HashMap<>();
        for (ClassScore score : found.scores()) {
            probabilities.put(score.label().id(), score.probability());
        }
        double largest = 0;
        for (ClassScore score : expected.scores()) {
            Float other = probabilities.remove(score.label().id());
            if (other == null) {
                throw new IllegalArgumentException(
                        "one of the two knows no class " + score.label().id());
            }
            largest = Math.max(largest, Math.abs(score.probability() - other));
        }
        if (!probabilities.isEmpty()) {
            throw new IllegalArgumentException(
                    "one of the two knows no classes " + probabilities.keySet());
        }
        String top = expected.top().label().id();
        return new CaseDifference(
                top.equals(found.top().label().id()), largest, maps(expected, found));
    }

    private static OptionalDouble maps(Classification expected, Classification found) {
        HeatMap a = expected.heatMap();
        HeatMap b = found.heatMap();
        return a == null || b == null || a.nothingStandsOut()
                ? OptionalDouble.empty()
                : OptionalDouble.of(Correlation.pearson(a.values(), b.values()));
    }
}
