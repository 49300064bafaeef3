package dev.snug.speech.sound;

import java.util.Arrays;

/**
 * Chunks of int16 samples joined as they come, as VietVoice-TTS joins them: each chunk that reaches
 * full scale is lowered, the next chunk is brought near the level of the one before, and the
 * overlap fades with cos² and sin². A text of one chunk passes as it is.
 *
 * <p>What is handed out is final; the last samples are held back until the next chunk or the end.
 */
public final class CosineJoin {
    /** Samples; VietVoice-TTS fades over 0.1 s at 24 kHz. */
    public static final int OVERLAP_SAMPLES = 2_400;

    /** Root mean square in int16 units; quieter overlaps are silence, whose level means nothing. */
    private static final float AUDIBLE = 100;

    /** The level of a chunk is changed by no more than this, down and up. */
    private static final float GAIN_MIN = 0.7f;

    private static final float GAIN_MAX = 1.5f;

    private final int overlapMax;
    private final boolean isSingle;
    private short[] tail = {};

    /**
     * Joins {@code chunks} chunks, overlapping in at most {@code overlapMax} samples, 0 for none.
     */
    public CosineJoin(int chunks, int overlapMax) {
        if (chunks < 1 || overlapMax < 0) {
            throw new IllegalArgumentException(
                    "%d chunks with an overlap of %d samples".formatted(chunks, overlapMax));
        }
        this.isSingle = chunks == 1;
        this.overlapMax = overlapMax;
    }

    /** Takes the next chunk and returns the samples that it makes final. */
    public short[] add(short[] chunk) {
        if (isSingle) {
            return chunk.clone();
        }
        short[] next = Levels.unclipped(chunk);
        int overlap = Math.min(tail.length, next.length);
        if (overlap > 0) {
            next = levelled(next, overlap);
        }
        short[] joined = Arrays.copyOf(tail, tail.length + next.length - overlap);
        int from = tail.length - overlap;
        System.arraycopy(next, overlap, joined, tail.length, next.length - overlap);
        for (int i = 0; i < overlap; i++) {
            joined[from + i] = faded(tail[from + i], next[i], i, overlap);
        }
        int kept = Math.min(overlapMax, joined.length);
        tail = Arrays.copyOfRange(joined, joined.length - kept, joined.length);
        return Arrays.copyOf(joined, joined.length - kept);
    }

    /** The samples held back; after the last chunk. */
    public short[] finish() {
        short[] rest = tail;
        tail = new short[0];
        return rest;
    }

    /** The samples held back, which stay held back. */
    public short[] held() {
        return tail.clone();
    }

    /** Goes on behind chunks of which {@code held} was held back. */
    public void resume(short[] held) {
        tail = held.clone();
    }

    private static short faded(short before, short after, int i, int overlap) {
        double step = overlap > 1 ? Math.PI / 2 / (overlap - 1) : 0;
        // The last angle is exactly a quarter turn, as numpy.linspace has it.
        double angle = overlap > 1 && i == overlap - 1 ? Math.PI / 2 : i * step;
        double out = StrictMath.cos(angle);
        double in = StrictMath.sin(angle);
        return (short) (before * (out * out) + after * (in * in));
    }

    private short[] levelled(short[] next, int overlap) {
        float before = level(tail, tail.length - overlap, overlap);
        float after = level(next, 0, overlap);
        // Both compared as floats: NaN cannot occur, the overlap is not empty.
        if (before <= AUDIBLE || after <= AUDIBLE) {
            return next;
        }
        float gain = Math.clamp(before / after, GAIN_MIN, GAIN_MAX);
        short[] levelled = new short[next.length];
        for (int i = 0; i < next.length; i++) {
            // By way of int, wrapping: numpy's conversion of a loud sample wraps too.
            levelled[i] = (short) (int) (next[i] * gain);
        }
        return levelled;
    }

    private static float level(short[] samples, int from, int count) {
        float[] squares = new float[count];
        for (int i = 0; i < count; i++) {
            squares[i] = (float) samples[from + i] * samples[from + i];
        }
        return (float) Math.sqrt(Levels.mean(squares));
    }
}
