package dev.snug.speech.text.normalize.rule;

import dev.snug.speech.text.normalize.line.Line;
import dev.snug.speech.text.normalize.spoken.LetterNames;
import dev.snug.speech.text.normalize.spoken.Numbers;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Letters and digits that name one thing: "U23", "H5N1", "QL1A", "4G", "29A-123.45", "192.168.1.1",
 * "15/2020/NĐ-CP". Letters are said by their names or as codes.tsv has it; up to three digits are a
 * number, more are said one by one.
 */
final class Code implements Rule {
    private static final int LETTERS_MAX = 4;
    private static final int PARTS_MAX = 8;
    private static final int NUMBER_DIGITS_MAX = 3;
    private static final int YEAR_DIGITS = 4;

    private final Numbers numbers;
    private final Units units;
    private final Map<String, String> prefixes = new HashMap<>();

    Code(Numbers numbers, Units units) {
        this.numbers = numbers;
        this.units = units;
        for (List<String> row : Table.rows("codes.tsv", 2)) {
            prefixes.put(row.getFirst(), row.get(1));
        }
    }

    @Override
    public @Nullable Match at(Line line, int at) {
        if (line.isWord(at)) {
            return line.isNumber(at - 1) || (line.is(at - 1, '-') && line.isWord(at - 2))
                    ? null
                    : letters(line, at);
        }
        if (!line.isNumber(at) || line.size(at) > Phone.DIGITS_MAX) {
            return null;
        }
        Match match = plate(line, at);
        if (match == null) {
            match = law(line, at);
        }
        if (match == null) {
            match = chain(line, at);
        }
        return match == null ? digits(line, at) : match;
    }

    /** "U23", "H5N1", "F-16", "QL1A". */
    private @Nullable Match letters(Line line, int at) {
        boolean upper = line.isUpper(at);
        boolean hyphen = line.is(at + 1, '-');
        if (line.size(at) > LETTERS_MAX || !isAscii(line, at)) {
            return null;
        }
        int next = hyphen ? at + 2 : at + 1;
        if (hyphen && Cue.PERIOD.isBefore(line, at)) {
            return null;
        }
        boolean known = prefixes.containsKey(line.text(at));
        boolean small = line.size(at) == 1 && !line.isWord(at, "x") && !hyphen;
        if (!line.isNumber(next)
                || (!upper && !small && !known)
                || (units.at(line, at, false) != null && !upper && !known)) {
            return null;
        }
        if (line.isBlank(at + 1)
                || (line.isOneOf(next + 1, ".,/") && line.isNumber(next + 2) && hyphen)) {
            return null;
        }
        StringBuilder spoken = new StringBuilder();
        int end = at;
        while (end < at + PARTS_MAX) {
            if (line.isNumber(end)) {
                spoken.append(' ').append(number(line, end));
            } else if (isLetters(line, end)) {
                spoken.append(' ')
                        .append(
                                end == at && known
                                        ? prefixes.get(line.text(at))
                                        : spell(line, end));
            } else {
                break;
            }
            end++;
            boolean joined =
                    line.is(end, '-') && (line.isNumber(end + 1) || isLetters(line, end + 1));
            boolean point = isPointed(line, end);
            spoken.append(point ? " chấm" : "");
            end += joined || point ? 1 : 0;
        }
        return line.isWord(end) || line.isNumber(end)
                ? null
                : new Match(end, spoken.toString().strip(), SemioticClass.CODE);
    }

    /** A point inside, as in "PM2.5": one or two digits follow and no more. */
    private static boolean isPointed(Line line, int at) {
        return line.is(at, '.')
                && line.isNumber(at - 1)
                && line.isNumber(at + 1)
                && line.size(at + 1) <= 2
                && !(line.isOneOf(at + 2, ".-/") && line.isNumber(at + 3));
    }

    private static boolean isLetters(Line line, int token) {
        return line.isWord(token)
                && line.size(token) <= LETTERS_MAX
                && (line.isUpper(token) || line.size(token) == 1)
                && isAscii(line, token);
    }

    private static boolean isAscii(Line line, int token) {
        return line.isAscii(token, "Đ");
    }

    private String spell(Line line, int token) {
        int roman =
                line.size(token) > 1 && line.is(token - 1, '-')
                        ? Roman.value(line.lower(token))
                        : 0;
        if (roman > 0) {
            return numbers.cardinal(roman);
        }
        return LetterNames.spell(line.text(token));
    }

    private String number(Line line, int token) {
        String digits = line.text(token);
        boolean padded = digits.length() > 1 && digits.charAt(0) == '0';
        return padded || digits.length() > NUMBER_DIGITS_MAX
                ? numbers.digits(digits)
                : numbers.cardinal(digits);
    }

    /** "4G", "10A1", "1A", and "12a" of a house or a class. */
    private @Nullable Match digits(Line line, int at) {
        int word = at + 1;
        boolean upper = line.isUpper(word);
        boolean small = line.isOneOf(word, "abcde");
        if (line.size(word) > 2 || (!upper && !small) || !isAscii(line, word)) {
            return null;
        }
        boolean thousand = line.is(word, 'K') && line.value(at) != 4 && line.value(at) != 8;
        boolean electric = line.is(word, 'A') && Cue.ELECTRIC.isNearBefore(line, at);
        int street = line.skip(word + 1);
        boolean name =
                (line.isOneOf(word, "AB") && !electric)
                        || (line.isCapitalised(street) && line.isSyllable(street));
        boolean unit = thousand || line.is(word, 'M') || units.at(line, word, false) != null;
        if ((unit && !name && !Cue.HOUSE.isBefore(line, at))
                || (line.isOneOf(at - 1, ".,/") && !line.isBlank(at - 2))) {
            return null;
        }
        int end = word + 1;
        String spoken = number(line, at) + " " + spell(line, word);
        if (line.isNumber(end)) {
            spoken += " " + number(line, end);
            end++;
        }
        boolean glued = line.isWord(end) || (line.is(end, '/') && !line.isBlank(end + 1));
        return glued ? null : new Match(end, spoken, SemioticClass.CODE);
    }

    /** A number plate: "29A-123.45", "51F1-2345", "59-X1 234.56". */
    private @Nullable Match plate(Line line, int at) {
        if (line.size(at) != 2) {
            return null;
        }
        int series = line.is(at + 1, '-') ? at + 2 : at + 1;
        if (!line.isUpper(series) || line.size(series) > 2) {
            return null;
        }
        boolean two = line.isNumber(series + 1) && line.size(series + 1) == 1;
        int serial = two ? series + 3 : series + 2;
        if (!line.isOneOf(serial - 1, "- ") || !line.isNumber(serial)) {
            return null;
        }
        boolean point =
                line.size(serial) == 3 && line.is(serial + 1, '.') && line.size(serial + 2) == 2;
        int size = line.size(serial);
        if ((!point && size != 4 && size != 5)
                || (line.is(serial - 1, ' ') && !point && size != 5)) {
            return null;
        }
        String digits = line.text(serial) + (point ? line.text(serial + 2) : "");
        String spoken =
                numbers.cardinal(line.text(at))
                        + " "
                        + spell(line, series)
                        + (two ? " " + numbers.cardinal(line.text(series + 1)) : "")
                        + " "
                        + numbers.digits(digits);
        return new Match(point ? serial + 3 : serial + 1, spoken, SemioticClass.CODE);
    }

    /** Numbers of laws and orders: "15/2020/NĐ-CP", "12/QĐ-UBND". */
    private @Nullable Match law(Line line, int at) {
        String slash = " " + numbers.profile().slash().word() + " ";
        StringBuilder spoken = new StringBuilder(numbers.cardinal(line.text(at)));
        int end = at + 1;
        if (line.is(end, '/') && line.size(end + 1) == YEAR_DIGITS && line.isNumber(end + 1)) {
            spoken.append(slash).append(numbers.cardinal(line.text(end + 1)));
            end += 2;
        }
        if (line.is(end, '/') && line.isCapitalised(end + 1) && line.size(end + 1) > 1) {
            boolean letters = line.isUpper(end + 1) || line.is(end + 2, '-');
            if (!letters
                    || line.size(end + 1) > LETTERS_MAX
                    || units.at(line, end + 1, false) != null) {
                return null;
            }
            spoken.append(slash).append(spell(line, end + 1));
            end += 2;
            while (end < at + 2 * PARTS_MAX && line.is(end, '-') && line.isCapitalised(end + 1)) {
                spoken.append(' ').append(spell(line, end + 1));
                end += 2;
            }
            boolean session = line.isNumber(end) && line.size(end) <= 2;
            spoken.append(session ? " " + numbers.cardinal(line.text(end)) : "");
            return new Match(session ? end + 1 : end, spoken.toString(), SemioticClass.CODE);
        }
        boolean year = end == at + 3 && Cue.LAW.isBefore(line, at) && !line.is(end, '/');
        return year ? new Match(end, spoken.toString(), SemioticClass.CODE) : null;
    }

    /** Three or more numbers with points or dashes between: versions, addresses, formations. */
    private @Nullable Match chain(Line line, int at) {
        char mark = line.first(at + 1);
        if ((mark != '.' && mark != '-') || (line.isOneOf(at - 1, ".-") && line.isNumber(at - 2))) {
            return null;
        }
        StringBuilder spoken = new StringBuilder(number(line, at));
        int end = at + 1;
        while (end < at + 2 * PARTS_MAX && line.is(end, mark) && line.isNumber(end + 1)) {
            spoken.append(mark == '.' ? " chấm " : " ").append(number(line, end + 1));
            end += 2;
        }
        Numeral numeral = Numeral.at(line, at, Numeral.Commas.DECIMAL);
        boolean number = numeral == null || numeral.end() >= end;
        return end < at + 5 || number || line.isWord(end)
                ? null
                : new Match(end, spoken.toString(), SemioticClass.CODE);
    }
}
