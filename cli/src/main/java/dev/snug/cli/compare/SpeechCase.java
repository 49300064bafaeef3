package dev.snug.cli.compare;

import java.util.OptionalDouble;

/**
 * One sentence that both models spoke, in the same voice from the same noise.
 *
 * @param number from 1, as it was given
 * @param melDistance in decibels ({@link dev.snug.speech.variant.MelDistance}); empty where the
 *     lengths differ
 */
public record SpeechCase(int number, String text, Answer a, Answer b, OptionalDouble melDistance) {
    /**
     * What one model made of it.
     *
     * @param audioSeconds length of the sound
     * @param seconds by the clock, loading included
     * @param cpuSeconds of all threads, in steps of 10 ms
     */
    public record Answer(String voice, double audioSeconds, double seconds, double cpuSeconds) {
        /** Seconds by the clock for each second of sound. */
        double realTimeFactor() {
            return seconds / Math.max(audioSeconds, 1e-9);
        }
    }

    /** Larger where more differs: another length first, then the distance. */
    double strangeness() {
        return melDistance.orElse(Double.MAX_VALUE);
    }
}
