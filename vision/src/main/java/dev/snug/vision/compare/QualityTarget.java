package dev.snug.vision.compare;

/**
 * How far answers may move for fewer bytes.
 *
 * @param mapCorrelationMedian of the heat maps at least, below 1
 * @param mapCorrelationMin of the worst heat map at least, below 1
 * @param probabilityDifference of any class on any picture at most, above 0
 */
public record QualityTarget(
        double mapCorrelationMedian, double mapCorrelationMin, double probabilityDifference) {
    /** Maps that no eye tells apart, and two hundredths of a probability. */
    public static final QualityTarget DEFAULT = new QualityTarget(0.98, 0.9, 0.02);

    public QualityTarget {
        if (!(mapCorrelationMedian < 1 && mapCorrelationMin < 1 && probabilityDifference > 0)) {
            throw new IllegalArgumentException(
                    "correlations of %s and %s and a difference of %s: no rounding keeps that"
                            .formatted(
                                    mapCorrelationMedian,
                                    mapCorrelationMin,
                                    probabilityDifference));
        }
    }
}
