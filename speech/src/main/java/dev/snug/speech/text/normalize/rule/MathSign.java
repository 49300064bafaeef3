package dev.snug.speech.text.normalize.rule;

import dev.snug.speech.text.normalize.line.Line;
import dev.snug.speech.text.normalize.spoken.Numbers;
import dev.snug.speech.text.normalize.spoken.Profile;

import org.jspecify.annotations.Nullable;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Signs between and before numbers: "2 + 3 = 5", "3x4m", "10^6", "10⁶", "≥ 18"; "3 lần/ngày". */
final class MathSign implements Rule {
    private static final String SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    private static final Set<String> CURRENCIES =
            Set.of(
                    "đồng", "đ", "usd", "vnd", "vnđ", "la", "tệ", "k", "tr", "triệu", "nghìn",
                    "ngàn", "tỷ");
    private static final int POWER_DIGITS_MAX = 9;

    private final Numbers numbers;
    private final Units units;

    /** Sign to its word, and where it is read: "any", "numbers" for between two numbers. */
    private final Map<Character, List<String>> signs = new HashMap<>();

    MathSign(Numbers numbers, Units units) {
        this.numbers = numbers;
        this.units = units;
        for (List<String> row : Table.rows("signs.tsv", 3)) {
            signs.put(row.getFirst().charAt(0), row.subList(1, 3));
        }
    }

    @Override
    public @Nullable Match at(Line line, int at) {
        if (line.isWord(at)) {
            return times(line, at);
        }
        if (SUPERSCRIPTS.indexOf(line.first(at)) >= 0) {
            return raised(line, at);
        }
        if (line.is(at, '^') && line.isNumber(at + 1) && line.size(at + 1) <= POWER_DIGITS_MAX) {
            return power(at + 2, line.text(at + 1), "");
        }
        if (line.is(at, '^') && line.is(at + 1, '-') && line.isNumber(at + 2)) {
            return power(at + 3, line.text(at + 2), "âm ");
        }
        if (line.is(at, '+') && line.isNumber(at - 1) && line.isBlank(at + 1)) {
            return new Match(at + 1, "cộng", SemioticClass.MATH);
        }
        if (line.is(at, '/')) {
            return per(line, at);
        }
        if (line.isOneOf(at, "-–") && isSpan(line, at)) {
            return new Match(at + 1, "đến", SemioticClass.RANGE);
        }
        if (line.isOneOf(at, "<>") && line.is(at + 1, '=') && line.isNumber(line.skip(at + 2))) {
            String word = line.is(at, '<') ? "nhỏ hơn" : "lớn hơn";
            return new Match(at + 2, word + " hoặc bằng", SemioticClass.MATH);
        }
        List<String> row = signs.get(line.first(at));
        if (row == null || line.size(at) != 1) {
            return null;
        }
        boolean compares = row.get(1).equals("before");
        if (compares && !line.isNumber(line.skip(at + 1))) {
            return null;
        }
        boolean between = row.get(1).equals("numbers");
        if ((between && !isBetween(line, at))
                || (line.isOneOf(at, "-:") && !isEquation(line, at))) {
            return null;
        }
        return new Match(at + 1, row.getFirst(), SemioticClass.MATH);
    }

    /** A stroke behind what is counted: "3 lần/ngày", "người/km²". */
    private @Nullable Match per(Line line, int at) {
        Units.Unit below = units.below(line, at + 1);
        boolean counted = line.isWord(at - 1) || line.isOneOf(at - 1, ")'");
        if (line.isWord(at - 1) && line.isNumber(at + 1) && isCountedUnit(line, at)) {
            return new Match(at + 1, "trên", SemioticClass.MATH);
        }
        boolean parted = line.isNumber(at - 1) && line.isWord(at - 2);
        boolean price =
                (counted && CURRENCIES.contains(line.lower(at - 1)))
                        || (parted && CURRENCIES.contains(line.lower(at - 2)));
        boolean money = line.isNumber(line.before(at - 1)) && line.isUpper(at + 1);
        if (price && (line.isSyllable(at + 1) || money)) {
            return new Match(at + 1, "một", SemioticClass.MATH);
        }
        if (price && below != null) {
            return new Match(below.end(), "một " + below.spoken(), SemioticClass.MATH);
        }
        if (below == null || !counted || line.isWord(below.end())) {
            return null;
        }
        boolean thing = below.isTime() || Cue.COUNT_UNIT.is(line, at + 1);
        boolean numbered = line.isNumber(line.before(at - 1));
        if (!thing && !below.isAlone() && !numbered) {
            return null;
        }
        String word = thing ? "một " : "trên ";
        return new Match(below.end(), word + below.spoken(), SemioticClass.MATH);
    }

    /** "10 lít/100km": a unit before, a number with one behind. */
    private boolean isCountedUnit(Line line, int at) {
        Numeral number = Numeral.at(line, at + 1, Numeral.Commas.ZEROS_GROUP);
        return number != null
                && line.isNumber(line.before(at - 1))
                && units.below(line, line.skip(number.end())) != null;
    }

    /** "Thứ 2 - Thứ 6": the same word before both numbers. */
    private static boolean isSpan(Line line, int at) {
        int number = line.before(at);
        int next = line.skip(at + 1);
        int word = line.before(number);
        return line.isNumber(number)
                && line.isWord(next)
                && line.isWord(word)
                && line.lower(word).equals(line.lower(next))
                && line.isNumber(line.skip(next + 1));
    }

    private Match power(int end, String digits, String sign) {
        String spoken = "mũ " + sign + numbers.cardinal(digits);
        return new Match(end, spoken, SemioticClass.MATH);
    }

    private Match raised(Line line, int at) {
        StringBuilder digits = new StringBuilder();
        int end = at;
        while (digits.length() < POWER_DIGITS_MAX
                && line.first(end) != 0
                && SUPERSCRIPTS.indexOf(line.first(end)) >= 0) {
            digits.append(SUPERSCRIPTS.indexOf(line.first(end)));
            end++;
        }
        return power(end, digits.toString(), "");
    }

    /** The letter x as "nhân": "3x4", "2 viên x 3 lần". */
    private @Nullable Match times(Line line, int at) {
        boolean x = line.isWord(at, "x") && line.isNumber(line.skip(at + 1));
        int before = line.before(at);
        boolean even = line.isSpace(at - 1) == line.isSpace(at + 1);
        boolean kept = numbers.profile().letters() == Profile.Letters.KEPT;
        boolean counted = line.isNumber(before) || (line.isSpace(at - 1) && line.isWord(before));
        boolean bare = line.isBlank(at - 1) && line.isNumber(at + 1);
        if (!x || (!even && !bare) || (!counted && !bare) || (kept && line.isSpace(at - 1))) {
            return null;
        }
        return new Match(at + 1, "nhân", SemioticClass.MATH);
    }

    private static boolean isBetween(Line line, int at) {
        int before = line.before(at);
        int next = line.skip(at + 1);
        boolean equal = line.isOneOf(at, "=+") && line.isSpace(at - 1);
        boolean left =
                (equal && line.isWord(before))
                        || line.isNumber(before)
                        || line.isOneOf(before, ")²³%")
                        || isName(line, before);
        boolean right =
                (equal && line.isWord(next))
                        || line.isNumber(next)
                        || line.isOneOf(next, "(-√?")
                        || isName(line, next);
        return left && right && line.isSpace(at - 1) == line.isSpace(at + 1);
    }

    /** A single letter, as in "x + y". */
    private static boolean isName(Line line, int token) {
        return line.isWord(token) && line.size(token) == 1;
    }

    /** A dash is minus only where "=" follows within a few tokens. */
    private static boolean isEquation(Line line, int at) {
        for (int i = at + 1; i < at + 12; i++) {
            if (line.is(i, '=')) {
                return true;
            }
            if (line.is(i, '.')) {
                return false;
            }
        }
        return false;
    }
}
