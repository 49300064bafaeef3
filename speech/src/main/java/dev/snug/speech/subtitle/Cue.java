package dev.snug.speech.subtitle;

import java.util.Locale;

/**
 * A line of subtitles.
 *
 * @param start its first sample, at 24 kHz
 * @param end behind its last sample, after {@code start}
 * @param text one or two lines, never empty
 */
public record Cue(long start, long end, String text) {
    private static final int SAMPLES_EACH_MILLISECOND = 24;

    public Cue {
        if (start < 0 || end <= start || text.isBlank()) {
            throw new IllegalArgumentException(
                    "a cue from sample %d to %d of '%s'".formatted(start, end, text));
        }
    }

    /** The same, so many samples earlier. */
    public Cue earlier(long samples) {
        return new Cue(start - samples, end - samples, text);
    }

    /** Samples as milliseconds, to the nearest. */
    static long millis(long samples) {
        return (samples + SAMPLES_EACH_MILLISECOND / 2) / SAMPLES_EACH_MILLISECOND;
    }

    /** Hours, minutes, seconds and, behind {@code mark}, milliseconds. */
    static String time(long samples, char mark) {
        long millis = millis(samples);
        return String.format(
                Locale.ROOT,
                "%02d:%02d:%02d%c%03d",
                millis / 3_600_000,
                millis / 60_000 % 60,
                millis / 1000 % 60,
                mark,
                millis % 1000);
    }
}
