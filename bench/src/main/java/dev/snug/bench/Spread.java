package dev.snug.bench;

import java.util.List;

/**
 * Median, smallest and largest of the same quantity over several runs. Not the mean: other work on
 * the machine only ever adds, now and then much.
 *
 * @param runs how many values, ≥ 1
 */
public record Spread(double median, double min, double max, int runs) {
    public static Spread of(List<Double> values) {
        if (values.isEmpty()) {
            throw new IllegalArgumentException("no runs, no spread");
        }
        double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        double median =
                sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(median, sorted[0], sorted[sorted.length - 1], sorted.length);
    }
}
