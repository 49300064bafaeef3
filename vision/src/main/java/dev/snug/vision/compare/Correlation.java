package dev.snug.vision.compare;

/** How alike two heat maps are, whatever their scale. */
public final class Correlation {
    private Correlation() {}

    /**
     * Pearson's correlation of two lists of numbers, −1 to 1: the covariance over the product of
     * the standard deviations. Where a list has no spread there is no such number: then 1 if both
     * have none, as two maps on which nothing stands out, else 0.
     *
     * @throws IllegalArgumentException when the lists are empty or not of one length
     */
    public static double pearson(float[] a, float[] b) {
        if (a.length != b.length || a.length == 0) {
            throw new IllegalArgumentException(
                    "%d and %d values cannot be compared".formatted(a.length, b.length));
        }
        double meanA = mean(a);
        double meanB = mean(b);
        double together = 0;
        double ofA = 0;
        double ofB = 0;
        for (int i = 0; i < a.length; i++) {
            together += (a[i] - meanA) * (b[i] - meanB);
            ofA += (a[i] - meanA) * (a[i] - meanA);
            ofB += (b[i] - meanB) * (b[i] - meanB);
        }
        if (ofA == 0 || ofB == 0) {
            return ofA == ofB ? 1 : 0;
        }
        return Math.clamp(together / Math.sqrt(ofA * ofB), -1, 1);
    }

    private static double mean(float[] values) {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}
