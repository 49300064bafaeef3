package dev.snug.cli.compare;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * Median, least and most of some figures; the median of an even number is the middle two's mean.
 */
public record Spread(double median, double least, double most) {
    /** Of what {@code figure} says of each case; empty where there is none. */
    static <T> Optional<Spread> of(List<T> cases, ToDoubleFunction<T> figure) {
        return of(cases.stream().mapToDouble(figure).toArray());
    }

    /** Of {@code values} in any order; empty where there are none. */
    static Optional<Spread> of(double[] values) {
        if (values.length == 0) {
            return Optional.empty();
        }
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        double median =
                sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return Optional.of(new Spread(median, sorted[0], sorted[sorted.length - 1]));
    }
}
