package dev.snug.speech.sound;

/** Sound of full scale -1 to 1 as int16 samples. */
public final class Pcm {
    private Pcm() {}

    /** Each sample times 32767, rounded; what is louder than full scale is cut off there. */
    public static short[] of(float[] samples) {
        short[] pcm = new short[samples.length];
        for (int i = 0; i < pcm.length; i++) {
            pcm[i] = (short) Math.round(Math.clamp(samples[i], -1f, 1f) * Short.MAX_VALUE);
        }
        return pcm;
    }
}
