package dev.snug.speech.text.normalize.rule;

import dev.snug.speech.text.normalize.line.Line;
import dev.snug.speech.text.normalize.spoken.Numbers;

import org.jspecify.annotations.Nullable;

/**
 * Numbers that are said digit by digit: "0912 345 678", "+84 912 345 678", "(028) 3822 1234", "1900
 * 6868", "hotline 113", "STK 0071000123456".
 */
final class Phone implements Rule {
    /** Digits of a telephone number, the zero in front included. */
    private static final int DIGITS_MIN = 10;

    static final int DIGITS_MAX = 15;
    private static final int LIST_TOKENS = 16;
    private static final int COUNTRY_DIGITS_MAX = 3;
    private static final int MOBILE_DIGITS = 10;
    private static final int LANDLINE_DIGITS = 11;
    private static final int SERVICE_DIGITS_MIN = 8;
    private static final int SERVICE_DIGITS_MAX = 10;

    /** Digits from which a number after "hotline" or "mã" is one. */
    private static final int NAMED_DIGITS_MIN = 3;

    private final Numbers numbers;

    Phone(Numbers numbers) {
        this.numbers = numbers;
    }

    @Override
    public @Nullable Match at(Line line, int at) {
        if (line.is(at, '+') && line.isNumber(at + 1) && !line.isNumber(line.before(at))) {
            return international(line, at);
        }
        boolean bracket = line.is(at, '(') && line.isNumber(at + 1) && line.is(at + 2, ')');
        int first = bracket ? at + 1 : at;
        if (!line.isNumber(first) || (line.isOneOf(at - 1, ".,-/") && line.isNumber(at - 2))) {
            return null;
        }
        boolean national = line.first(first) == '0' && line.size(first) > 1;
        boolean service = line.isOneOf(at - 1, ".") ? false : isService(line, first);
        if (national || service) {
            int least = service ? SERVICE_DIGITS_MIN : DIGITS_MIN;
            int most = service ? SERVICE_DIGITS_MAX : nationalDigits(line, first);
            Match match = groups(line, first, bracket ? first + 2 : first + 1, least, most, "");
            if (match != null) {
                return match;
            }
        }
        return bracket ? null : named(line, at);
    }

    private static boolean isService(Line line, int at) {
        if (line.size(at) == SERVICE_DIGITS_MIN) {
            return line.value(at) / 10000 == 1800 || line.value(at) / 10000 == 1900;
        }
        return line.size(at) == 4
                && (line.value(at) == 1800 || line.value(at) == 1900)
                && line.isOneOf(at + 1, " .-")
                && line.isNumber(at + 2)
                && line.size(at + 2) > 1
                && !Dates.isYear(
                        line.size(at + 2) == 4 && line.is(at + 1, '-') ? line.value(at + 2) : 0);
    }

    private static int nationalDigits(Line line, int at) {
        return line.text(at).startsWith("02") ? LANDLINE_DIGITS : MOBILE_DIGITS;
    }

    private @Nullable Match international(Line line, int at) {
        int bracket = line.skip(at + 2);
        boolean zero =
                line.is(bracket, '(') && line.is(bracket + 1, '0') && line.is(bracket + 2, ')');
        int next = zero ? bracket + 3 : at + 2;
        int size = line.size(at + 1);
        return size <= COUNTRY_DIGITS_MAX || size >= DIGITS_MIN
                ? groups(line, at + 1, next, DIGITS_MIN - 1, DIGITS_MAX - 2, "cộng ")
                : null;
    }

    /** Groups of two or more digits with a space, point or dash between, within the limits. */
    private @Nullable Match groups(
            Line line, int first, int next, int least, int most, String prefix) {
        StringBuilder digits = new StringBuilder(line.text(first));
        int end = next;
        while (digits.length() < most) {
            int group = line.isOneOf(end, " .-)") ? end + 1 : end;
            if (line.is(end, ')') || line.isSpace(group)) {
                group = line.skip(group);
            }
            boolean trunk =
                    line.isOneOf(group + 1, ". ") && line.size(group + 2) == 3 && group > end;
            boolean fits = line.isNumber(group) && (line.size(group) > 1 || trunk);
            if (!fits || digits.length() + line.size(group) > most) {
                break;
            }
            digits.append(line.text(group));
            end = group + 1;
        }
        boolean glued = line.isWord(end) || (line.isOneOf(end, "/-") && line.isNumber(end + 1));
        return digits.length() < least || digits.length() > most || glued
                ? null
                : new Match(end, prefix + numbers.digits(digits.toString()), SemioticClass.PHONE);
    }

    /** After "hotline", "mã", "STK", and in a list of such: every digit. */
    private @Nullable Match named(Line line, int at) {
        int size = line.size(at);
        int word = cueBefore(line, at);
        boolean number = size >= NAMED_DIGITS_MIN && size <= 2 * DIGITS_MAX;
        boolean ended =
                !line.isWord(at + 1)
                        && !(line.isOneOf(at + 1, ".,-%") && !line.isBlank(at + 2))
                        && !line.is(line.skip(at + 1), '%');
        int next = line.skip(at + 1);
        boolean counted =
                size == NAMED_DIGITS_MIN
                        && line.isSyllable(next)
                        && !line.isCapitalised(next)
                        && !Cue.AFTER_DIGITS.is(line, next);
        return number && ended && !counted && Cue.DIGITS.is(line, word)
                ? new Match(at + 1, numbers.digits(line.text(at)), SemioticClass.PHONE)
                : null;
    }

    /** The word before the numbers of a list that ends here: "gọi 113, 114 hoặc 115". */
    private static int cueBefore(Line line, int at) {
        int i = at - 1;
        while (i > at - LIST_TOKENS
                && (line.isSpace(i)
                        || (line.isNumber(i) && line.size(i) >= NAMED_DIGITS_MIN)
                        || line.isOneOf(i, ",:/")
                        || line.isWord(i, "số")
                        || line.isWord(i, "và")
                        || line.isWord(i, "hoặc"))) {
            i--;
        }
        return i;
    }
}
