package dev.snug.speech.variant;

import java.util.OptionalDouble;

/** How far two mel spectrograms of the same frames are apart. */
public final class MelDistance {
    /** One natural-log unit of amplitude in decibels: 20 / ln 10. */
    private static final double DECIBELS = 20 / Math.log(10);

    private MelDistance() {}

    /**
     * The root mean square of the differences of two log-mels, natural logarithms of amplitude,
     * [frames, bands], in decibels. Empty where they are of different length: frames then belong to
     * different sounds, and a distance would say nothing.
     */
    public static OptionalDouble decibels(float[] a, float[] b) {
        if (a.length != b.length || a.length == 0) {
            return OptionalDouble.empty();
        }
        double squares = 0;
        for (int i = 0; i < a.length; i++) {
            double difference = (double) a[i] - b[i];
            squares += difference * difference;
        }
        return OptionalDouble.of(DECIBELS * Math.sqrt(squares / a.length));
    }
}
