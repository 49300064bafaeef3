package dev.snug.speech.plan;

import dev.snug.speech.SpeechPlan;
import dev.snug.speech.text.Chunk;
import dev.snug.speech.text.Reference;

import java.util.List;

/**
 * What a text is cut into.
 *
 * @param framesMost of the longest chunk, its reference included
 * @param tokensMost of the chunk that has the most, its reference included
 * @param count of chunks, 1 or more
 * @param framesTotal of all chunks, with the reference as often as it is computed
 */
public record Chunks(int framesMost, int tokensMost, int count, long framesTotal) {
    public Chunks {
        if (framesMost < 1 || tokensMost < 1 || count < 1 || framesTotal < framesMost) {
            throw new IllegalArgumentException(
                    "%d chunks of at most %d frames and %d tokens, %d frames in all"
                            .formatted(count, framesMost, tokensMost, framesTotal));
        }
    }

    /**
     * A speech of so many seconds in chunks that are full at {@code full}, the last one less.
     *
     * @param referenceSamples of the voice at 24 kHz
     */
    public static Chunks of(Chunks full, int referenceSamples, double spokenSeconds) {
        int reference = referenceSamples / Reference.HOP_SAMPLES + 1;
        long spoken =
                (long) Math.ceil(spokenSeconds * Reference.SAMPLE_RATE / Reference.HOP_SAMPLES);
        int room = Math.max(1, full.framesMost() - reference);
        int count = Math.toIntExact(Math.max(1, Math.ceilDiv(spoken, room)));
        int most = (int) Math.min(full.framesMost(), reference + Math.max(2, spoken));
        return new Chunks(most, most - 1, count, Math.max(most, (long) count * reference + spoken));
    }

    /** These and the chunks of another part of the text. */
    public Chunks and(Chunks others) {
        return new Chunks(
                Math.max(framesMost, others.framesMost),
                Math.max(tokensMost, others.tokensMost),
                count + others.count,
                framesTotal + others.framesTotal);
    }

    /** Those of a text that was planned. */
    public static Chunks of(SpeechPlan plan) {
        List<Chunk> chunks = plan.script().chunks();
        return new Chunks(
                chunks.stream().mapToInt(Chunk::frames).max().orElseThrow(),
                Math.max(1, chunks.stream().mapToInt(each -> each.tokens().size()).max().orElse(1)),
                chunks.size(),
                chunks.stream().mapToLong(Chunk::frames).sum());
    }
}
