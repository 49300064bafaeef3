package dev.snug.speech.plan;

import dev.snug.speech.text.Chunk;
import dev.snug.speech.text.Reference;
import dev.snug.speech.text.TextException;

/** How a text is cut for a length of chunks. Pure. */
@FunctionalInterface
public interface Chunking {
    /**
     * The chunks of {@code chunkSeconds} at most, reference included.
     *
     * @throws TextException when that leaves no room after the reference
     */
    Chunks at(double chunkSeconds);

    /** Whether the text may be several chunks at the model's own length; unknown ones may. */
    default boolean maybeSeveral() {
        return true;
    }

    /**
     * One full chunk of a text that nobody knows yet, after a reference of {@code samples} at 24
     * kHz.
     */
    static Chunking ofUnknownText(int samples) {
        return chunkSeconds -> full(samples, chunkSeconds);
    }

    private static Chunks full(int samples, double chunkSeconds) {
        double seconds = samples / (double) Reference.SAMPLE_RATE;
        double frames = chunkSeconds * Reference.SAMPLE_RATE / Reference.HOP_SAMPLES;
        // Rules round up, and count the frame that a reference has more than its hops.
        int most = (int) Math.min(Math.ceil(frames) + 1, Chunk.FRAMES_MAX);
        if (seconds >= chunkSeconds) {
            throw new TextException(
                    "the reference of %.1f s leaves no room in chunks of %.1f s; raise --chunk-seconds or take a shorter reference"
                            .formatted(seconds, chunkSeconds));
        }
        // A chunk has fewer tokens than frames.
        return new Chunks(most, most - 1, 1, most);
    }
}
