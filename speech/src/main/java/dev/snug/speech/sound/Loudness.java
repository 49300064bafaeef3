package dev.snug.speech.sound;

/**
 * The level rule of F5-TTS for one reference: where its root mean square is under {@link #TARGET}
 * it is raised to that for the model, and what the model says is lowered back.
 *
 * @param level root mean square of the reference, full scale 1
 */
public record Loudness(float level) {
    /** Root mean square, full scale 1; a voice recorded close to the microphone. */
    public static final float TARGET = 0.1f;

    public Loudness {
        if (!(level >= 0 && level < Float.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("a level of " + level);
        }
    }

    /** The loudness of some samples, at least one. */
    public static Loudness of(float[] samples) {
        double sum = 0;
        for (float sample : samples) {
            sum += (double) sample * sample;
        }
        return new Loudness((float) Math.sqrt(sum / Math.max(1, samples.length)));
    }

    /** The reference as the model takes it; silence stays silence. */
    public float[] raised(float[] reference) {
        return level < TARGET && level > 0 ? scaled(reference, TARGET / level) : reference.clone();
    }

    /**
     * The reference at {@code target} where it is more than twice or less than half as loud; else,
     * and where it is silent, as it is.
     */
    public float[] near(float target, float[] reference) {
        boolean isNear = level >= target / 2 && level <= target * 2;
        return isNear || level == 0 ? reference.clone() : scaled(reference, target / level);
    }

    /** Speech of the model as loud as the reference was. */
    public float[] restored(float[] speech) {
        return level < TARGET ? scaled(speech, level / TARGET) : speech.clone();
    }

    private static float[] scaled(float[] samples, float gain) {
        float[] scaled = new float[samples.length];
        for (int i = 0; i < samples.length; i++) {
            scaled[i] = samples[i] * gain;
        }
        return scaled;
    }
}
