package dev.snug.cli.compare;

import dev.snug.vision.Classification;
import dev.snug.vision.compare.CaseDifference;
import dev.snug.vision.explain.HeatMap;

/**
 * One picture that both models answered.
 *
 * @param number from 1, as it was given
 * @param name of the file
 * @param difference of the second answer from the first
 */
public record PictureCase(int number, String name, Answer a, Answer b, CaseDifference difference) {
    /**
     * What one model said.
     *
     * @param seconds by the clock, decoding included
     * @param cpuSeconds of all threads, in steps of 10 ms
     */
    public record Answer(Classification found, double seconds, double cpuSeconds) {}

    /**
     * The case of two answers. Heat maps on grids of different size are not compared.
     *
     * @throws IllegalArgumentException when the two know different classes
     */
    public static PictureCase of(int number, String name, Answer a, Answer b) {
        HeatMap of = a.found().heatMap();
        HeatMap other = b.found().heatMap();
        boolean fits =
                of != null
                        && other != null
                        && of.height() == other.height()
                        && of.width() == other.width();
        CaseDifference difference =
                CaseDifference.of(
                        new Classification(a.found().scores(), fits ? of : null),
                        new Classification(b.found().scores(), fits ? other : null));
        return new PictureCase(number, name, a, b, difference);
    }

    /** Larger where more differs: another class first, then the map, then the probability. */
    double strangeness() {
        return (difference.sameTop() ? 0 : 10)
                + (1 - difference.mapCorrelation().orElse(1))
                + difference.probabilityDifference();
    }
}
