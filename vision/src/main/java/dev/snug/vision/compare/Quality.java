package dev.snug.vision.compare;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What the answers of one classifier are worth beside those of another, over a number of pictures.
 * It says something of trained weights only.
 *
 * @param cases pictures, 1 or more
 * @param top1Agreement share of the pictures whose likeliest class is the same, 0 to 1
 * @param probabilityDifferenceMax the largest difference of a class's probabilities, 0 to 1
 * @param mapCorrelationMedian of the heat maps, −1 to 1; empty where there are none
 * @param mapCorrelationMin the least of them
 */
public record Quality(
        int cases,
        double top1Agreement,
        double probabilityDifferenceMax,
        OptionalDouble mapCorrelationMedian,
        OptionalDouble mapCorrelationMin) {

    /**
     * The sum of what was found picture by picture.
     *
     * @throws IllegalArgumentException when there is no picture
     */
    public static Quality of(List<CaseDifference> differences) {
        if (differences.isEmpty()) {
            throw new IllegalArgumentException("no picture to compare answers on");
        }
        double[] correlations =
                differences.stream()
                        .map(CaseDifference::mapCorrelation)
                        .filter(OptionalDouble::isPresent)
                        .mapToDouble(OptionalDouble::getAsDouble)
                        .sorted()
                        .toArray();
        return new Quality(
                differences.size(),
                (double) differences.stream().filter(CaseDifference::sameTop).count()
                        / differences.size(),
                differences.stream()
                        .mapToDouble(CaseDifference::probabilityDifference)
                        .max()
                        .orElse(0),
                median(correlations),
                Arrays.stream(correlations).min());
    }

    private static OptionalDouble median(double[] sorted) {
        if (sorted.length == 0) {
            return OptionalDouble.empty();
        }
        int middle = sorted.length / 2;
        return OptionalDouble.of(
                sorted.length % 2 == 1
                        ? sorted[middle]
                        : (sorted[middle - 1] + sorted[middle]) / 2);
    }

    /**
     * How much of what {@code target} allows is used up, by the figure that uses most of it: 0 for
     * equal answers, more than 1 where the target is missed.
     */
    public double share(QualityTarget target) {
        double share = probabilityDifferenceMax / target.probabilityDifference();
        share = Math.max(share, lost(mapCorrelationMedian) / (1 - target.mapCorrelationMedian()));
        return Math.max(share, lost(mapCorrelationMin) / (1 - target.mapCorrelationMin()));
    }

    private static double lost(OptionalDouble correlation) {
        return 1 - correlation.orElse(1);
    }

    /** The figures by quantity, as {@code Measured.quality} keeps them. */
    public Map<String, Double> figures() {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("cases", (double) cases);
        figures.put("top1_agreement", top1Agreement);
        figures.put("probability_difference_max", probabilityDifferenceMax);
        mapCorrelationMedian.ifPresent(value -> figures.put("map_correlation_median", value));
        mapCorrelationMin.ifPresent(value -> figures.put("map_correlation_min", value));
        return figures;
    }
}
