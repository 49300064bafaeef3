package dev.snug.speech;

import dev.snug.speech.network.Sampling;
import dev.snug.speech.text.Chunk;
import dev.snug.speech.text.Reference;
import dev.snug.speech.text.Script;
import dev.snug.speech.text.TextException;

import java.util.OptionalDouble;

/**
 * What will be computed for a request, decided before a network runs.
 *
 * @param reference the words of the voice and its samples at 24 kHz
 */
public record SpeechPlan(
        SpeechRequest request, Reference reference, Script script, Sampling sampling) {
    /** Mel frames of speech; the vocoders need two to make one hop of sound. */
    private static final int SPEECH_FRAMES_MIN = 2;

    public SpeechPlan {
        for (Chunk chunk : script.chunks()) {
            if (chunk.frames() < reference.frames() + SPEECH_FRAMES_MIN) {
                throw new TextException(
                        "a chunk of %d mel frames (%.2f s) leaves no time for speech after the reference of %.2f s; raise --fix-duration or take a shorter reference"
                                .formatted(
                                        chunk.frames(),
                                        seconds(chunk.frames()),
                                        reference.seconds()));
            }
            if (request.rules().compat() != Compat.F5) {
                requireFixed(chunk, request.pace().fixedSeconds());
            }
        }
    }

    /** F5-TTS makes a fixed duration longer where tokens do not fit; only its own rules may. */
    private static void requireFixed(Chunk chunk, OptionalDouble fixedSeconds) {
        if (fixedSeconds.isPresent() && seconds(chunk.frames() - 1) > fixedSeconds.getAsDouble()) {
            throw new TextException(
                    "--fix-duration %s s is too short for the %d tokens of a chunk, which take %.2f s; raise it"
                            .formatted(
                                    fixedSeconds.getAsDouble(),
                                    chunk.tokens().size(),
                                    seconds(chunk.frames())));
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
