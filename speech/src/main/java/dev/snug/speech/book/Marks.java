package dev.snug.speech.book;

import java.util.Arrays;

/** How far a book is spoken: of each chunk that is done, in order, where its sound ends. */
final class Marks {
    /** Chunks; six weeks of speech at seven seconds each. */
    static final int CHUNKS_MAX = 500_000;

    private long[] samples = new long[64];
    private int[] held = new int[64];
    private int count;

    void add(long samplesNow, int heldNow) {
        if (count == samples.length) {
            samples = Arrays.copyOf(samples, 2 * count);
            held = Arrays.copyOf(held, 2 * count);
        }
        samples[count] = samplesNow;
        held[count] = heldNow;
        count++;
    }

    /** Chunks that are done. */
    int count() {
        return count;
    }

    /** Samples that are final when so many chunks are done. */
    long samples(int chunks) {
        return chunks == 0 ? 0 : samples[chunks - 1];
    }

    /** Samples held back then. */
    int held(int chunks) {
        return chunks == 0 ? 0 : held[chunks - 1];
    }

    /** Forgets all but the first {@code chunks}. */
    void cut(int chunks) {
        count = Math.min(count, chunks);
    }
}
