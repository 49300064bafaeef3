package dev.snug.speech.sound;

/**
 * How much of a recording is read.
 *
 * @param seconds at most
 * @param samples at most, after its channels were made one
 */
record SampleLimits(double seconds, long samples) {
    /** Samples that are read at {@code rate} samples a second. */
    long at(int rate) {
        return Math.min((long) (seconds * rate), samples);
    }

    /** What is wrong with a recording that has at least {@code count} samples. */
    String exceeded(long count, int rate) {
        double found = count / (double) rate;
        return (long) (seconds * rate) <= samples
                ? "is longer than %s s: at least %.1f s; cut it".formatted(seconds, found)
                : "takes more memory than there is: at least %.1f s at %d samples a second, and %.1f s of these are read; cut it, or convert it to 24000 a second"
                        .formatted(found, rate, samples / (double) rate);
    }
}
