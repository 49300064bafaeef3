package dev.snug.speech;

import dev.snug.speech.text.Reference;

import java.util.List;

/**
 * How speaking went.
 *
 * @param samples handed out, at 24 kHz
 * @param firstAudioSeconds from the start to the first of them
 * @param seconds from the start to the last
 * @param unread characters of the text that are not heard, each once
 */
public record Spoken(
        long samples,
        int chunks,
        int steps,
        double firstAudioSeconds,
        double seconds,
        List<String> unread) {
    public Spoken {
        unread = List.copyOf(unread);
    }

    public double audioSeconds() {
        return samples / (double) Reference.SAMPLE_RATE;
    }
}
