package dev.snug.speech.sound;

import java.util.Arrays;

/**
 * Chunks of float samples joined as they come, as F5-TTS joins them: the overlap fades linearly.
 * What is handed out is final; the last samples are held back until the next chunk or the end.
 */
public final class LinearJoin {
    /** Samples; F5-TTS fades over 0.15 s at 24 kHz. */
    public static final int OVERLAP_SAMPLES = 3_600;

    private final int overlapMax;
    private float[] tail = {};

    /** Overlaps chunks in at most {@code overlapMax} samples, 0 for none. */
    public LinearJoin(int overlapMax) {
        if (overlapMax < 0) {
            throw new IllegalArgumentException("an overlap of " + overlapMax + " samples");
        }
        this.overlapMax = overlapMax;
    }

    /** Takes the next chunk and returns the samples that it makes final. */
    public float[] add(float[] next) {
        int overlap = Math.min(tail.length, next.length);
        float[] joined = Arrays.copyOf(tail, tail.length + next.length - overlap);
        System.arraycopy(next, overlap, joined, tail.length, next.length - overlap);
        int from = tail.length - overlap;
        for (int i = 0; i < overlap; i++) {
            double in = overlap > 1 ? i / (double) (overlap - 1) : 0;
            joined[from + i] = (float) (tail[from + i] * (1 - in) + next[i] * in);
        }
        int kept = Math.min(overlapMax, joined.length);
        tail = Arrays.copyOfRange(joined, joined.length - kept, joined.length);
        return Arrays.copyOf(joined, joined.length - kept);
    }

    /** The samples held back; after the last chunk. */
    public float[] finish() {
        float[] rest = tail;
        tail = new float[0];
        return rest;
    }

    /** The samples held back, which stay held back. */
    public float[] held() {
        return tail.clone();
    }

    /** Goes on behind chunks of which {@code held} was held back. */
    public void resume(float[] held) {
        tail = held.clone();
    }
}
