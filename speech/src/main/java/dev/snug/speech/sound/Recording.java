package dev.snug.speech.sound;

/**
 * One channel of sound: at least one sample, full scale -1 to 1 (float files may go beyond), and
 * its rate in samples a second, {@link #RATE_MIN} to {@link #RATE_MAX}. The samples are not copied:
 * who hands them over must not change them.
 */
@SuppressWarnings("ArrayRecordComponent")
public record Recording(float[] samples, int rate) {
    /** Samples a second; the lowest that speech is recorded at is 8,000. */
    public static final int RATE_MIN = 1_000;

    /** Samples a second, the highest of studio converters. */
    public static final int RATE_MAX = 768_000;

    public Recording {
        if (rate < RATE_MIN || rate > RATE_MAX) {
            throw new SoundException(
                    "a rate of %d samples a second is out of range %d to %d"
                            .formatted(rate, RATE_MIN, RATE_MAX));
        }
        if (samples.length == 0) {
            throw new SoundException("a recording without a sample");
        }
    }

    public double seconds() {
        return samples.length / (double) rate;
    }
}
