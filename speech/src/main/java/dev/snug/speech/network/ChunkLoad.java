package dev.snug.speech.network;

import dev.snug.speech.text.Reference;

/**
 * A chunk as far as memory and time follow from it.
 *
 * @param referenceSamples of the voice at 24 kHz, 1 or more
 * @param tokens of reference text and chunk together, 1 or more
 * @param frames of reference and chunk together, more than the reference has
 */
public record ChunkLoad(int referenceSamples, int tokens, int frames, Sampling sampling) {
    /** Arrays of a mel's size while a step is taken: noise, state, and each velocity twice. */
    private static final int SAMPLING_ARRAYS = 6;

    public ChunkLoad {
        if (referenceSamples < 1 || tokens < 1) {
            throw new IllegalArgumentException(
                    "a reference of %d samples and %d tokens".formatted(referenceSamples, tokens));
        }
        if (frames <= referenceSamples / Reference.HOP_SAMPLES + 1) {
            throw new IllegalArgumentException(
                    "%d frames leave no time for speech after a reference of %d samples"
                            .formatted(frames, referenceSamples));
        }
    }

    /** Mel frames of the reference. */
    public int referenceFrames() {
        return referenceSamples / Reference.HOP_SAMPLES + 1;
    }

    /** Bytes of the mel, noise or state of the chunk: float32 [frames, bands]. */
    public long melBytes() {
        return floats(frames, Networks.BANDS);
    }

    /** Bytes on the heap while a step is taken; guidance that is used again is one array more. */
    public long samplingBytes() {
        return (SAMPLING_ARRAYS + (sampling.isReusing() ? 1 : 0)) * melBytes();
    }

    /** Bytes of float32 [rows, columns]. */
    public static long floats(long rows, long columns) {
        return Math.multiplyExact(Math.multiplyExact(rows, columns), (long) Float.BYTES);
    }
}
