package dev.snug.speech.voice;

import dev.snug.speech.sound.Recording;
import dev.snug.speech.text.Passage;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What makes a recording a good voice or a bad one: its length, clipping, level, pauses, and
 * whether its text can belong to it. The silence at both ends is taken off first.
 *
 * @param trimmed the recording without the silence at its ends
 * @param findings what is wrong, errors first
 */
public record VoiceCheck(Recording trimmed, List<Finding> findings) {
    /** Seconds after trimming; less has too few sounds of a voice to go on from. */
    public static final double SECONDS_MIN = 2;

    /** Seconds after trimming; F5-TTS takes 12, and more leaves a chunk no room for speech. */
    public static final double SECONDS_MAX = 15;

    /** Seconds that are read at all, silence at the ends included. */
    public static final double READ_SECONDS_MAX = 60;

    /** Share of samples at full scale; a voice that is clipped more sounds torn in every answer. */
    static final double CLIPPED_SHARE_MAX = 0.001;

    /** Full scale but for the last rounding of 16 bits and of loud floats. */
    private static final float FULL_SCALE = 0.9995f;

    /** Windows in which level is measured, per second: 20 ms, some periods of a deep voice. */
    private static final int WINDOWS_A_SECOND = 50;

    /** Below the loudest window, 35 dB: a room's noise; the softest speech lies above. */
    private static final double SILENCE_RATIO = 0.0178;

    /** Share of silent windows; somebody who reads pauses for a quarter of the time. */
    static final double SILENCE_SHARE_MAX = 0.5;

    /** Between loud and quiet windows, decibels; speech has 20 and more, noise and hum under 6. */
    static final double RANGE_DB_MIN = 6;

    /** Root mean square, full scale 1, -46 dB: raised to speech level, its noise is heard. */
    static final double LEVEL_MIN = 0.005;

    /** Letters and digits a second; slow speech of one Chinese character each has 3. */
    static final double LETTERS_MIN = 2;

    /** Letters and digits a second; fast Vietnamese or English has 20 to 25. */
    static final double LETTERS_MAX = 30;

    /** Kept of the silence at each end, so that no soft consonant is cut. */
    private static final double MARGIN_SECONDS = 0.1;

    public VoiceCheck {
        findings = List.copyOf(findings);
    }

    /** Checks {@code recording}, in which {@code text} is said to be heard. */
    public static VoiceCheck of(Recording recording, Passage text) {
        float[] levels = levels(recording);
        double quiet = loudest(levels) * SILENCE_RATIO;
        int first = 0;
        while (first < levels.length && levels[first] < quiet) {
            first++;
        }
        int last = levels.length - 1;
        while (last > first && levels[last] < quiet) {
            last--;
        }
        Recording trimmed = trimmed(recording, first, last);
        float[] inside = Arrays.copyOfRange(levels, first, last + 1);
        List<Finding> findings = new ArrayList<>();
        checkLength(trimmed, findings);
        checkClipping(recording, findings);
        checkLevel(trimmed, findings);
        checkPauses(inside, quiet, findings);
        checkRate(inside, text, findings);
        return new VoiceCheck(trimmed, findings);
    }

    public boolean hasErrors() {
        return findings.stream().anyMatch(Finding::isError);
    }

    private static void checkLength(Recording trimmed, List<Finding> findings) {
        if (trimmed.seconds() < SECONDS_MIN) {
            findings.add(
                    new Finding(
                            true,
                            "%.1f s of speech are too short; record %.0f to %.0f s"
                                    .formatted(trimmed.seconds(), SECONDS_MIN, SECONDS_MAX)));
        } else if (trimmed.seconds() > SECONDS_MAX) {
            findings.add(
                    new Finding(
                            true,
                            "%.1f s of speech are too long; cut the recording, and its text, to at most %.0f s"
                                    .formatted(trimmed.seconds(), SECONDS_MAX)));
        }
    }

    private static void checkClipping(Recording recording, List<Finding> findings) {
        int clipped = 0;
        for (float sample : recording.samples()) {
            clipped += Math.abs(sample) >= FULL_SCALE ? 1 : 0;
        }
        double share = clipped / (double) recording.samples().length;
        if (share > CLIPPED_SHARE_MAX) {
            findings.add(
                    new Finding(
                            false,
                            "%.2f %% of its samples are clipped at full scale, and %.2f %% are the limit; record it more softly"
                                    .formatted(100 * share, 100 * CLIPPED_SHARE_MAX)));
        }
    }

    private static void checkLevel(Recording trimmed, List<Finding> findings) {
        double level = level(trimmed.samples(), 0, trimmed.samples().length);
        if (level < LEVEL_MIN) {
            findings.add(
                    new Finding(
                            false,
                            "its level is %.4f of full scale, and %s is the limit; record it louder or nearer"
                                    .formatted(level, LEVEL_MIN)));
        }
    }

    private static void checkPauses(float[] levels, double quiet, List<Finding> findings) {
        double silent = 0;
        for (float level : levels) {
            silent += level < quiet ? 1 : 0;
        }
        double share = silent / levels.length;
        if (share > SILENCE_SHARE_MAX) {
            findings.add(
                    new Finding(
                            false,
                            "%.0f %% of it are silence, and %.0f %% are the limit; cut the pauses out"
                                    .formatted(100 * share, 100 * SILENCE_SHARE_MAX)));
        }
        float[] sorted = levels.clone();
        Arrays.sort(sorted);
        double soft = sorted[sorted.length / 10];
        double loud = sorted[sorted.length * 9 / 10];
        double range = soft > 0 ? 20 * Math.log10(loud / soft) : Double.POSITIVE_INFINITY;
        if (range < RANGE_DB_MIN) {
            findings.add(
                    new Finding(
                            false,
                            "its loud parts are only %.1f dB above its soft ones, and speech has %.0f dB or more; is it noise or music?"
                                    .formatted(range, RANGE_DB_MIN)));
        }
    }

    private static void checkRate(float[] levels, Passage text, List<Finding> findings) {
        double seconds = levels.length / (double) WINDOWS_A_SECOND;
        long letters = text.text().codePoints().filter(Character::isLetterOrDigit).count();
        double rate = letters / seconds;
        if (rate < LETTERS_MIN || rate > LETTERS_MAX) {
            findings.add(
                    new Finding(
                            false,
                            "%d letters of text in %.1f s are %.1f a second, and speech has %.0f to %.0f; does the text belong to the recording?"
                                    .formatted(letters, seconds, rate, LETTERS_MIN, LETTERS_MAX)));
        }
    }

    private static Recording trimmed(Recording recording, int first, int last) {
        int window = window(recording);
        int margin = (int) (MARGIN_SECONDS * recording.rate());
        int from = Math.max(0, first * window - margin);
        int to = Math.min(recording.samples().length, (last + 1) * window + margin);
        return new Recording(Arrays.copyOfRange(recording.samples(), from, to), recording.rate());
    }

    private static int window(Recording recording) {
        return recording.rate() / WINDOWS_A_SECOND;
    }

    /** Root mean square of each window; the last may be shorter. */
    private static float[] levels(Recording recording) {
        int window = window(recording);
        float[] samples = recording.samples();
        float[] levels = new float[Math.ceilDiv(samples.length, window)];
        for (int i = 0; i < levels.length; i++) {
            levels[i] =
                    (float) level(samples, i * window, Math.min(samples.length, (i + 1) * window));
        }
        return levels;
    }

    private static float loudest(float[] levels) {
        float loudest = 0;
        for (float level : levels) {
            loudest = Math.max(loudest, level);
        }
        return loudest;
    }

    private static double level(float[] samples, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += (double) samples[i] * samples[i];
        }
        return Math.sqrt(sum / (to - from));
    }
}
