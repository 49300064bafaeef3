package dev.snug.speech.text.normalize.rule;

import dev.snug.speech.text.normalize.line.Line;
import dev.snug.speech.text.normalize.spoken.Numbers;

import org.jspecify.annotations.Nullable;

/** "1/2", "-3/4", "23 1/5"; "8/10 điểm" and "120/80 mmHg", where the stroke is "trên". */
final class Fraction implements Rule {
    /** Digits of a numerator or denominator. */
    private static final int DIGITS_MAX = 9;

    private final Numbers numbers;

    Fraction(Numbers numbers) {
        this.numbers = numbers;
    }

    @Override
    public @Nullable Match at(Line line, int at) {
        boolean minus = line.is(at, '-') && line.isBlank(at - 1) && line.isNumber(at + 1);
        int first = minus ? at + 1 : at;
        if (!isPart(line, first)) {
            return null;
        }
        String sign = minus ? "âm " : "";
        boolean mixed =
                line.isSpace(first + 1)
                        && isSimple(line, first + 2)
                        && line.value(first + 2) < line.value(first + 4);
        if (mixed && !line.is(first - 1, '/')) {
            String spoken = sign + numbers.cardinal(line.text(first)) + " và ";
            return new Match(
                    first + 5, spoken + simple(line, first + 2, false), SemioticClass.FRACTION);
        }
        if (!isSimple(line, first)) {
            return null;
        }
        return new Match(
                first + 3,
                sign + simple(line, first, isRatio(line, first)),
                SemioticClass.FRACTION);
    }

    private static boolean isPart(Line line, int token) {
        return line.isNumber(token) && line.size(token) <= DIGITS_MAX;
    }

    private static boolean isSimple(Line line, int at) {
        return isPart(line, at)
                && line.is(at + 1, '/')
                && isPart(line, at + 2)
                && !(line.is(at + 3, '/') && !line.isBlank(at + 4) && !line.isWord(at + 4));
    }

    private static boolean isRatio(Line line, int at) {
        return Cue.RATIO.isBefore(line, at)
                || Cue.RATIO_BEHIND.isBehind(line, at + 3)
                || line.value(at + 2) == 0
                || (line.value(at + 2) % 10 == 0 && Cue.MARKS.isNearBefore(line, at))
                || (Dates.isYear(line.value(at)) && Dates.isYear(line.value(at + 2)))
                || (Cue.SCORE.isNearBefore(line, at) && line.value(at) >= line.value(at + 2))
                || (Dates.isYear(line.value(at)) && line.size(at + 2) == 2)
                || isRound(line, at);
    }

    /** All the hours and days there are: "24/24", "7/7", "24/7". */
    private static boolean isRound(Line line, int at) {
        int over = line.value(at);
        int under = line.value(at + 2);
        return over == under || (over == 24 && under == 7);
    }

    private String simple(Line line, int at, boolean ratio) {
        String over = numbers.cardinal(line.text(at));
        int under = line.value(at + 2);
        return ratio
                ? over + " trên " + numbers.cardinal(under)
                : over + " phần " + numbers.rank(under);
    }
}
