package dev.snug.speech;

import dev.snug.speech.network.Sampling;
import dev.snug.speech.text.Chunk;
import dev.snug.speech.text.Reference;
import dev.snug.speech.text.Script;
import dev.snug.speech.text.TextException;

/**
 * What will be computed for a request, decided before a network runs.
 *
 * @param reference the words of the voice and its samples at 24 kHz
 */
public record SpeechPlan(
        SpeechRequest request, Reference reference, Script script, Sampling sampling) {
    public SpeechPlan {
        for (Chunk chunk : script.chunks()) {
            if (chunk.frames() <= reference.frames()) {
                throw new TextException(
                        "chunks of %d mel frames (%.2f s) end before the reference of %.2f s does; raise --fix-duration or take a shorter reference"
                                .formatted(
                                        chunk.frames(),
                                        seconds(chunk.frames()),
                                        reference.seconds()));
            }
        }
    }

    /** Seconds of speech that {@code chunk} adds, its cross-fade not taken off. */
    public double seconds(Chunk chunk) {
        return seconds(chunk.frames() - reference.frames());
    }

    private static double seconds(int frames) {
        return frames * (double) Reference.HOP_SAMPLES / Reference.SAMPLE_RATE;
    }
}
