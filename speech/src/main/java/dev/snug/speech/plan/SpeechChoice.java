package dev.snug.speech.plan;

import dev.snug.runtime.session.SessionSettings;

/**
 * The settings that a plan chooses of speaking.
 *
 * @param chunkSeconds most seconds of one chunk, reference included
 * @param steps from noise to speech, 1 or more
 * @param session of the velocity; its threads are a real number, never 0 for one per core
 * @param isKept whether networks stay loaded between chunks
 */
public record SpeechChoice(
        double chunkSeconds, int steps, SessionSettings session, boolean isKept) {
    public SpeechChoice {
        if (!(chunkSeconds > 0) || steps < 1 || session.threads() < 1) {
            throw new IllegalArgumentException(
                    "chunks of %s s in %d steps on %d threads"
                            .formatted(chunkSeconds, steps, session.threads()));
        }
    }

    SpeechChoice withChunkSeconds(double seconds) {
        return new SpeechChoice(seconds, steps, session, isKept);
    }

    SpeechChoice withSteps(int count) {
        return new SpeechChoice(chunkSeconds, count, session, isKept);
    }

    SpeechChoice withSession(SessionSettings settings) {
        return new SpeechChoice(chunkSeconds, steps, settings, isKept);
    }

    SpeechChoice withKept(boolean keeps) {
        return new SpeechChoice(chunkSeconds, steps, session, keeps);
    }
}
