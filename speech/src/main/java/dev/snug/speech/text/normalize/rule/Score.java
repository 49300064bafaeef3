package dev.snug.speech.text.normalize.rule;

import dev.snug.speech.text.normalize.line.Line;
import dev.snug.speech.text.normalize.spoken.Numbers;

import org.jspecify.annotations.Nullable;

/**
 * A result, both numbers said without a word between: "1-0", "tỷ số 2-3", "6-4, 3-6", "3:2". A dash
 * is one after a word of sport, between two names, or where the numbers do not rise.
 */
final class Score implements Rule {
    private static final int DIGITS_MAX = 3;
    private static final int SCORE_TOKENS = 16;

    private final Numbers numbers;

    Score(Numbers numbers) {
        this.numbers = numbers;
    }

    @Override
    public @Nullable Match at(Line line, int at) {
        if (line.is(at + 1, ':') && line.isWord(line.before(at), "lệ")) {
            return proportion(line, at);
        }
        if (!isPoints(line, at) || line.isWord(at - 1) || isMark(line, at - 1)) {
            return null;
        }
        int mark = line.skip(at + 1);
        boolean spaced = mark > at + 1;
        int second = line.skip(mark + 1);
        boolean even = spaced == second > mark + 1;
        if (!even || !isMark(line, mark) || !isPoints(line, second) || isMore(line, second + 1)) {
            return null;
        }
        boolean colon = line.is(mark, ':');
        if (colon && (spaced || line.size(second) > 1)) {
            return null;
        }
        if (!colon && !isResult(line, at, second, spaced)) {
            return null;
        }
        String spoken = numbers.cardinal(line.text(at)) + " " + numbers.cardinal(line.text(second));
        return new Match(second + 1, spoken, SemioticClass.SCORE);
    }

    /** "tỷ lệ 1:1000". */
    private @Nullable Match proportion(Line line, int at) {
        if (!line.isSmall(at) || !line.isSmall(at + 2) || isMore(line, at + 3)) {
            return null;
        }
        String spoken =
                numbers.cardinal(line.text(at)) + " trên " + numbers.cardinal(line.text(at + 2));
        return new Match(at + 3, spoken, SemioticClass.SCORE);
    }

    private static boolean isResult(Line line, int at, int second, boolean spaced) {
        if (line.is(line.skip(second + 1), '=')) {
            return false;
        }
        boolean counted =
                Cue.COUNTED.isBehind(line, second + 1) || Cue.TIME_UNIT.isBehind(line, second + 1);
        if (Cue.SCORE.isNearBefore(line, at) || isAfterScore(line, at)) {
            return !counted && !Cue.SPAN.isBefore(line, at);
        }
        boolean falls = line.value(at) >= line.value(second);
        boolean named =
                line.isCapitalised(line.before(at)) && line.isCapitalised(line.skip(second + 1));
        return named || (falls && !spaced && line.size(at) < DIGITS_MAX);
    }

    /** "Tỷ số", a few words between or not. */
    private static boolean isAfterScore(Line line, int at) {
        for (int i = at - 1; i > at - SCORE_TOKENS; i--) {
            if (line.isWord(i, "số")) {
                int before = line.before(i);
                return line.isWord(before, "tỷ") || line.isWord(before, "tỉ");
            }
        }
        return false;
    }

    private static boolean isPoints(Line line, int token) {
        boolean padded = line.size(token) > 1 && line.first(token) == '0';
        return line.isNumber(token) && line.size(token) <= DIGITS_MAX && !padded;
    }

    private static boolean isMark(Line line, int token) {
        return line.isOneOf(token, "-–:");
    }

    private static boolean isMore(Line line, int end) {
        return line.isWord(end)
                || line.isOneOf(end, "-/:%°")
                || (line.isOneOf(end, ".,") && line.isNumber(end + 1));
    }
}
