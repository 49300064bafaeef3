package dev.snug.speech.subtitle;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Lays what is shown over what was spoken. Pure, and in whole samples: a chunk begins at the sample
 * where it begins, so errors inside of one never add up.
 *
 * <p>Both texts are counted in letters and digits as they are spoken. Where a reading makes the
 * counts differ, the shown one is stretched to the spoken one.
 */
final class Timing {
    /** Letters; a place so near the border of two chunks is the border. */
    private static final int NEAR_LETTERS = 2;

    /**
     * What is shown at once.
     *
     * @param letters of it as it is spoken
     */
    record Shown(String text, int letters) {}

    /**
     * What was spoken in one run.
     *
     * @param from its first sample
     * @param to behind its last sample, silence behind it left out
     */
    record Stretch(String text, long from, long to) {}

    private final List<Stretch> stretches;
    private final ToDoubleFunction<String> weight;
    private final long[] starts;

    private Timing(List<Stretch> stretches, ToDoubleFunction<String> weight) {
        this.stretches = stretches;
        this.weight = weight;
        this.starts = new long[stretches.size() + 1];
        for (int i = 0; i < stretches.size(); i++) {
            starts[i + 1] = starts[i] + letters(stretches.get(i).text());
        }
    }

    /** Letters and digits. */
    static int letters(String text) {
        return (int) text.codePoints().filter(Character::isLetterOrDigit).count();
    }

    /**
     * The cues of {@code shown}, in order; none where nothing is heard of it.
     *
     * @param stretches in order, at least one
     * @param weight how long a spoken text takes beside others
     */
    static List<Cue> cues(
            List<Shown> shown, List<Stretch> stretches, ToDoubleFunction<String> weight) {
        Timing timing = new Timing(stretches, weight);
        long letters = shown.stream().mapToLong(Shown::letters).sum();
        List<Cue> cues = new ArrayList<>();
        long before = 0;
        for (Shown each : shown) {
            if (each.letters() == 0) {
                continue;
            }
            long from = timing.place(before, letters);
            before += each.letters();
            long to = timing.place(before, letters);
            long start = timing.start(from);
            long end = timing.end(to);
            if (end > start) {
                cues.add(new Cue(start, end, CueText.lines(each.text())));
            }
        }
        return cues;
    }

    /** A place of the shown text in the spoken one. */
    private long place(long shown, long shownTotal) {
        long spokenTotal = starts[stretches.size()];
        long place = Math.round(shown * (double) spokenTotal / shownTotal);
        long nearest = starts[0];
        for (long border : starts) {
            nearest = Math.abs(border - place) < Math.abs(nearest - place) ? border : nearest;
        }
        return Math.abs(nearest - place) <= NEAR_LETTERS ? nearest : place;
    }

    /** The sample where what is behind {@code place} begins. */
    private long start(long place) {
        int stretch = 0;
        while (stretch < stretches.size() - 1 && starts[stretch + 1] <= place) {
            stretch++;
        }
        return sample(stretch, place);
    }

    /** The sample where what is before {@code place} ends. */
    private long end(long place) {
        int stretch = 0;
        while (stretch < stretches.size() - 1 && starts[stretch + 1] < place) {
            stretch++;
        }
        return sample(stretch, place);
    }

    private long sample(int number, long place) {
        Stretch stretch = stretches.get(number);
        if (place <= starts[number]) {
            return stretch.from();
        }
        if (place >= starts[number + 1]) {
            return stretch.to();
        }
        double whole = weight.applyAsDouble(stretch.text());
        double part = weight.applyAsDouble(prefix(stretch.text(), place - starts[number]));
        double share = whole > 0 ? Math.clamp(part / whole, 0, 1) : 0;
        return stretch.from() + Math.round(share * (stretch.to() - stretch.from()));
    }

    /** {@code text} up to so many letters. */
    private static String prefix(String text, long letters) {
        long left = letters;
        int at = 0;
        while (at < text.length() && left > 0) {
            int character = text.codePointAt(at);
            left -= Character.isLetterOrDigit(character) ? 1 : 0;
            at += Character.charCount(character);
        }
        return text.substring(0, at);
    }
}
