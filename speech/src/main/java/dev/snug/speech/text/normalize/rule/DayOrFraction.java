package dev.snug.speech.text.normalize.rule;

import dev.snug.speech.text.normalize.line.Line;
import dev.snug.speech.text.normalize.spoken.Profile;

/**
 * Whether "15/8" is a day or a fraction; both are written alike, and only what stands around tells.
 *
 * <ol>
 *   <li>A fraction after a word for proportions, before what it counts, and before a unit.
 *   <li>A day after "ngày", "sáng", "lễ" and the like, before "hàng năm", "tới", in a list or a
 *       span that begins with such a word, and in the name of a street.
 *   <li>A day after "từ", "đến", "trước" where the first number is larger, or both ends of a span
 *       are days.
 *   <li>Where the profile says so, a day inside a sentence where the first number is 13 or more:
 *       such fractions are not written in sentences; or the second is 6 to 12, without a word for
 *       proportions.
 *   <li>Else a fraction.
 * </ol>
 */
final class DayOrFraction {
    /** Tokens that a list of days before this one may have. */
    private static final int LIST_TOKENS = 16;

    /** From here on the first number cannot be a month, and is no numerator either. */
    private static final int DAY_SURE = 13;

    private static final int RARE_MIN = 6;
    private static final int TENTHS = 10;

    private DayOrFraction() {}

    static boolean isDay(Line line, int at, Profile profile) {
        int end = at + 3;
        if (Cue.STREET.isBefore(line, at)
                || line.isWord(line.before(at), "ngày")
                || Cue.DAY_BEHIND.isBehind(line, end)
                || (line.is(line.skip(end), '(') && Cue.DAY.is(line, line.skip(end) + 1))) {
            return true;
        }
        if (Cue.FRACTION.isBefore(line, at)
                || Cue.RATIO.isBefore(line, at)
                || Cue.HOUSE.isBefore(line, at)
                || Cue.RATIO_BEHIND.isBehind(line, end)
                || line.isOneOf(end, "%°")
                || line.isOneOf(line.skip(end), "+=×÷*")) {
            return false;
        }
        boolean large = line.value(at) > line.value(at + 2);
        if (isNamed(line, at) || isInList(line, at) || isSpan(line, at)) {
            return true;
        }
        if (Cue.SPAN.isBefore(line, at)) {
            return large || line.isBlank(line.skip(end)) || line.isOneOf(end, ".,;)");
        }
        boolean alone = line.isBlank(line.before(at)) && line.isBlank(line.skip(end));
        boolean idiom = line.value(at) == 24 && line.value(at + 2) == 7;
        boolean sure = line.value(at) >= DAY_SURE && large && !idiom;
        return profile.stroke() == Profile.Stroke.DAY
                && !alone
                && (sure || isRareFraction(line, at));
    }

    /** Sixths to twelfths, tenths apart, are rarer in sentences than days of June to December. */
    private static boolean isRareFraction(Line line, int at) {
        int under = line.value(at + 2);
        return under >= RARE_MIN
                && !Cue.SCORE.isNearBefore(line, at)
                && under != TENTHS
                && !Cue.FRACTION_BEHIND.isBehind(line, at + 3);
    }

    /** After a word for days, a comma or bracket between or not. */
    private static boolean isNamed(Line line, int at) {
        int before = line.before(at);
        if (line.isOneOf(before, ",(-–")) {
            int word = line.before(before);
            return (Cue.DAY.is(line, word)
                            && line.isWord(word)
                            && (line.is(before, '(') || !line.isWord(word, "nay")))
                    || isWeekday(line, word);
        }
        return Cue.DAY.is(line, before) || isWeekday(line, before);
    }

    /** "thứ hai", "thứ 2", "chủ nhật". */
    private static boolean isWeekday(Line line, int token) {
        int before = line.before(token);
        return line.isWord(before, "thứ")
                || (line.isWord(token, "nhật") && line.isWord(before, "chủ"));
    }

    /** "ngày 15, 16 và 17/8": only numbers and what joins them back to the word. */
    static boolean isInList(Line line, int at) {
        for (int i = at - 1; i >= Math.max(0, at - LIST_TOKENS); i--) {
            if (line.isWord(i, "ngày")) {
                return true;
            }
            boolean joins =
                    line.isNumber(i)
                            || line.isSpace(i)
                            || line.isOneOf(i, ",-–/")
                            || line.isWord(i, "và")
                            || line.isWord(i, "đến")
                            || line.isWord(i, "hoặc");
            if (!joins) {
                return false;
            }
        }
        return false;
    }

    /** "từ 1/8 đến 5/8", "30/4-1/5": the other end is a day as well. */
    private static boolean isSpan(Line line, int at) {
        int joined = line.skip(at + 3);
        int other = line.skip(joined + 1);
        boolean to = line.isWord(joined, "đến") || line.isWord(joined, "tới");
        boolean from = line.isWord(line.before(at), "từ");
        if (to && from && Dates.isDayAndMonth(line, other)) {
            return true;
        }
        int dash = line.before(at);
        boolean back = line.isWord(dash, "đến") || line.isWord(dash, "tới");
        int first = line.isSpace(dash - 1) ? dash - 4 : dash - 3;
        if (back && Dates.isDayAndMonth(line, first) && line.isWord(line.before(first), "từ")) {
            return true;
        }
        boolean dashed = line.isOneOf(joined, "-–") && Dates.isDayAndMonth(line, other);
        boolean dashedBack = line.isOneOf(dash, "-–") && Dates.isDayAndMonth(line, first);
        return (dashed && (isSure(line, at) || isSure(line, other)))
                || (dashedBack && (isSure(line, at) || isSure(line, first)));
    }

    private static boolean isSure(Line line, int at) {
        return line.value(at) >= DAY_SURE;
    }
}
