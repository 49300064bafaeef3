package dev.snug.speech.text.normalize.rule;

import dev.snug.speech.text.normalize.line.Line;
import dev.snug.speech.text.normalize.spoken.Numbers;

import org.jspecify.annotations.Nullable;

/**
 * Roman numbers up to 3999 in their one right form: "thế kỷ XX", "khoản vi", "Đại hội XIII".
 *
 * <p>After a word that numbers follow any form is read; a form that is also a Vietnamese syllable
 * or one small letter only where nothing follows that it could belong to. Elsewhere two or more
 * capitals of I, V, X are, and single ones never.
 */
final class Roman implements Rule {
    private static final int LENGTH_MAX = 15;
    private static final String SIGN_LETTERS = "ivxlcdm";
    private static final int[] VALUES = {1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1};
    private static final String[] SIGNS = {
        "m", "cm", "d", "cd", "c", "xc", "l", "xl", "x", "ix", "v", "iv", "i"
    };

    private final Numbers numbers;

    Roman(Numbers numbers) {
        this.numbers = numbers;
    }

    @Override
    public @Nullable Match at(Line line, int at) {
        if (!line.isWord(at) || line.size(at) > LENGTH_MAX || line.isNumber(at + 1)) {
            return null;
        }
        String lower = line.lower(at);
        int value = value(lower);
        if (value == 0 || line.isNumber(at - 1)) {
            return null;
        }
        boolean upper = line.isUpper(at);
        if (!upper && !lower.equals(line.text(at))) {
            return null;
        }
        boolean times = lower.equals("x") && line.isNumber(line.skip(at + 1));
        boolean cued = !times && isCued(line, at);
        boolean read;
        if (cued) {
            boolean word = !upper && line.isSyllable(at);
            read = !word || isEnd(line, at + 1);
        } else {
            boolean small = lower.chars().allMatch(letter -> "ivx".indexOf(letter) >= 0);
            read = upper && lower.length() > 1 && small && line.isBlank(at - 1);
        }
        if (!read) {
            return null;
        }
        int year = line.value(at + 2);
        if (Cue.PERIOD.isBefore(line, at) && line.isOneOf(at + 1, "/-") && Dates.isYear(year)) {
            String quarter = numbers.cardinal(value) + " năm " + numbers.cardinal(year);
            return new Match(at + 3, quarter, SemioticClass.ROMAN);
        }
        int last = value(line.lower(at + 2));
        boolean range = line.isOneOf(at + 1, "-–") && line.isUpper(at + 2) && last > value;
        String spoken = numbers.cardinal(value);
        return range
                ? new Match(at + 3, spoken + " đến " + numbers.cardinal(last), SemioticClass.ROMAN)
                : new Match(at + 1, spoken, SemioticClass.ROMAN);
    }

    /** Behind such a word, or behind another Roman number that is: "khoá VI, VII và VIII". */
    private static boolean isCued(Line line, int at) {
        int before = line.before(at);
        if (Cue.ROMAN.is(line, before)) {
            return true;
        }
        if (line.isOneOf(before, ",-–") || line.isWord(before, "và")) {
            int other = line.before(before);
            return line.isUpper(other)
                    && line.isUpper(at)
                    && value(line.lower(other)) > 0
                    && Cue.ROMAN.isBefore(line, other);
        }
        return false;
    }

    /** Whether what follows cannot make a word of two syllables with this one. */
    private static boolean isEnd(Line line, int end) {
        int next = line.skip(end);
        return !line.isWord(next)
                || Cue.ROMAN.is(line, next)
                || line.isWord(next, "và")
                || line.isWord(next, "của");
    }

    /** The value of a number in its right form and lower case, or 0. */
    static int value(String lower) {
        if (lower.isEmpty() || SIGN_LETTERS.indexOf(lower.charAt(0)) < 0) {
            return 0;
        }
        int value = 0;
        int at = 0;
        for (int i = 0; i < VALUES.length; i++) {
            int most =
                    SIGNS[i].length() == 2 || "5".indexOf(("" + VALUES[i]).charAt(0)) >= 0 ? 1 : 3;
            for (int times = 0; times < most && lower.startsWith(SIGNS[i], at); times++) {
                value += VALUES[i];
                at += SIGNS[i].length();
            }
        }
        return at == lower.length() ? value : 0;
    }
}
