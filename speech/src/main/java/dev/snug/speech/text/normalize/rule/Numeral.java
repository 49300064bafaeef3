package dev.snug.speech.text.normalize.rule;

import dev.snug.speech.text.normalize.line.Line;
import dev.snug.speech.text.normalize.spoken.Numbers;
import dev.snug.speech.text.normalize.spoken.Profile;

import org.jspecify.annotations.Nullable;

/**
 * A number as written, its marks understood: "1.234.567,89" is 1234567 and 89.
 *
 * <p>The point groups where exactly three digits follow it; the comma is the decimal mark. Several
 * commas, or a comma before a point, are the other way round: "1,234.50". What {@link Commas} says
 * decides of a single comma before three digits.
 *
 * @param end the token after it
 * @param whole its digits before the decimal mark
 * @param fraction those behind it; empty for whole numbers
 * @param mark the decimal mark as written, or 0
 */
record Numeral(int end, String whole, String fraction, char mark) {
    /** What a single comma before three digits is. */
    enum Commas {
        DECIMAL,
        /** Thousands where the three digits are zeros: nobody writes decimals so. */
        ZEROS_GROUP,
        GROUP,
        /** Thousands, and a single point is the decimal mark. */
        POINT_DECIMAL;

        private boolean group(boolean zeros) {
            return this == ZEROS_GROUP ? zeros : this != DECIMAL;
        }
    }

    private static final int GROUPS_MAX = 12;

    static Commas commas(Profile profile, boolean wholeUnits) {
        return switch (profile.mark()) {
            case COMMA -> Commas.DECIMAL;
            case POINT -> Commas.POINT_DECIMAL;
            case MIXED -> wholeUnits ? Commas.GROUP : Commas.ZEROS_GROUP;
        };
    }

    /** The number that begins at {@code at}, or null where there is none. */
    static @Nullable Numeral at(Line line, int at, Commas commas) {
        if (!line.isNumber(at)) {
            return null;
        }
        boolean canGroup = line.size(at) <= 3 && line.first(at) != '0';
        if (canGroup) {
            int spaced = groups(line, at, ' ');
            if (spaced > at + 1 && isSpacedNumber(line, at, spaced)) {
                return withFraction(line, at, spaced, ',');
            }
            int points = groups(line, at, '.');
            boolean decimalPoint = commas == Commas.POINT_DECIMAL && points == at + 3;
            if (points > at + 1 && !decimalPoint && !isMarked(line, points, '.')) {
                return withFraction(line, at, points, ',');
            }
            int commad = groups(line, at, ',');
            boolean several = commad > at + 3 || (commad > at + 1 && isMarked(line, commad, '.'));
            if (commad > at + 1 && !isMarked(line, commad, ',')) {
                boolean zeros = line.text(at + 2).equals("000");
                if (several || commas.group(zeros)) {
                    return withFraction(line, at, commad, '.');
                }
            }
        }
        return decimal(line, at);
    }

    private static Numeral decimal(Line line, int at) {
        for (char mark : new char[] {',', '.'}) {
            boolean inList = line.is(at - 1, mark) && line.isNumber(at - 2);
            if (isMarked(line, at + 1, mark) && !isMarked(line, at + 3, mark) && !inList) {
                return new Numeral(at + 3, line.text(at), line.text(at + 2), mark);
            }
        }
        return new Numeral(at + 1, line.text(at), "", (char) 0);
    }

    private static Numeral withFraction(Line line, int at, int end, char mark) {
        StringBuilder whole = new StringBuilder();
        for (int i = at; i < end; i += 2) {
            whole.append(line.text(i));
        }
        if (isMarked(line, end, mark) && !isMarked(line, end + 2, mark)) {
            return new Numeral(end + 2, whole.toString(), line.text(end + 1), mark);
        }
        return new Numeral(end, whole.toString(), "", (char) 0);
    }

    /** Whether the token is the mark and digits follow it at once. */
    private static boolean isMarked(Line line, int token, char mark) {
        return line.is(token, mark) && line.isNumber(token + 1);
    }

    /** The token after all groups of three digits, each behind the mark. */
    private static int groups(Line line, int at, char mark) {
        int end = at + 1;
        while (end < at + 2 * GROUPS_MAX
                && line.is(end, mark)
                && line.isNumber(end + 1)
                && line.size(end + 1) == 3) {
            end += 2;
        }
        return end;
    }

    /** "1 500 000" is one number; "1 500" only before a unit, with zeros, and after no number. */
    private static boolean isSpacedNumber(Line line, int at, int end) {
        int before = line.before(at);
        boolean ended = !line.isNumber(end + 1) || !line.isSpace(end);
        if (!ended || line.isNumber(before) || line.isWord(at - 1)) {
            return false;
        }
        return end > at + 3 || line.text(end - 1).equals("000");
    }

    boolean isWhole() {
        return fraction.isEmpty();
    }

    /** The value of a whole number of up to nine digits, else -1. */
    int value() {
        return isWhole() && whole.length() <= 9 ? Integer.parseInt(whole) : -1;
    }

    /** In words; a point that is not known to be decimal is "chấm", as in versions. */
    String spoken(Numbers numbers, boolean quantity) {
        String start = whole(numbers);
        if (isWhole()) {
            return start;
        }
        if (mark == ',' || quantity) {
            return start + " phẩy " + numbers.digits(fraction);
        }
        boolean section = fraction.length() <= 2 && fraction.charAt(0) != '0';
        return start + " chấm " + (section ? numbers.cardinal(fraction) : numbers.digits(fraction));
    }

    /** Zeros in front belong to a code, but for one, as in "05 người". */
    private String whole(Numbers numbers) {
        boolean code = whole.length() > 2 && whole.charAt(0) == '0';
        return code && isWhole() ? numbers.digits(whole) : numbers.cardinal(whole);
    }
}
