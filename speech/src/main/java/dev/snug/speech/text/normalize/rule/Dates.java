package dev.snug.speech.text.normalize.rule;

import dev.snug.speech.text.normalize.line.Line;
import dev.snug.speech.text.normalize.spoken.Numbers;

import org.jspecify.annotations.Nullable;

/**
 * Days and months: "15/8/2024", "2024-08-15", "15-16/8", "8/2024", "tháng 4", and "15/8" where
 * {@link DayOrFraction} finds a day. "Ngày" and "tháng" are said where they are not written.
 */
final class Dates implements Rule {
    private static final int YEAR_MIN = 1000;
    private static final int YEAR_MAX = 2999;

    private static final String SEPARATORS = "/-.";

    private final Numbers numbers;

    Dates(Numbers numbers) {
        this.numbers = numbers;
    }

    @Override
    public @Nullable Match at(Line line, int at) {
        if (!line.isSmall(at) || isInside(line, at)) {
            return null;
        }
        Match match = whole(line, at);
        if (match == null) {
            match = days(line, at);
        }
        if (match == null) {
            match = monthAndYear(line, at);
        }
        return match == null ? month(line, at) : match;
    }

    /** Whether digits and a mark stand before, with no space: "1/2/3/4" is no date from 2 on. */
    private static boolean isInside(Line line, int at) {
        return line.isOneOf(at - 1, "/.") && line.isNumber(at - 2);
    }

    /** Day, month and year in any of the three orders. */
    private @Nullable Match whole(Line line, int at) {
        if (!isDashed(line, at) || !isDashed(line, at + 2) || isMore(line, at + 5)) {
            return null;
        }
        if (line.first(at + 1) != line.first(at + 3)) {
            return null;
        }
        int[] parts = {line.value(at), line.value(at + 2), line.value(at + 4)};
        if (line.size(at) == 4 && isDay(parts[2], parts[1], parts[0])) {
            return date(line, at, at + 5, parts[2], parts[1], parts[0]);
        }
        boolean longYear = line.size(at + 4) == 4 && isYear(parts[2]);
        boolean shortYear =
                line.size(at + 4) == 2
                        && (line.is(at + 1, '/') || (line.is(at + 1, '-') && isNamed(line, at)));
        if (line.size(at) > 2 || line.size(at + 2) > 2 || (!longYear && !shortYear)) {
            return null;
        }
        if (isDay(parts[0], parts[1], longYear ? parts[2] : 2000)) {
            return date(line, at, at + 5, parts[0], parts[1], parts[2]);
        }
        boolean american = longYear && isDay(parts[1], parts[0], parts[2]);
        return american ? date(line, at, at + 5, parts[1], parts[0], parts[2]) : null;
    }

    private Match date(Line line, int at, int end, int day, int month, int year) {
        String spoken = day(line, at) + numbers.cardinal(day) + monthOf(month) + yearOf(year);
        return new Match(end, spoken, SemioticClass.DATE);
    }

    /** "15/8", "15-16/8", "15/8-20/8", "15-16/8/2024". */
    private @Nullable Match days(Line line, int at) {
        if (isDayAndMonth(line, at)) {
            if (!DayOrFraction.isDay(line, at, numbers.profile())) {
                return null;
            }
            String spoken =
                    day(line, at) + numbers.cardinal(line.value(at)) + monthOf(line.value(at + 2));
            return new Match(at + 3, spoken, SemioticClass.DATE);
        }
        int dash = line.skip(at + 1);
        int second = line.skip(dash + 1);
        if (!line.isOneOf(dash, "-–") || !isDayAndMonth(line, second, true)) {
            return null;
        }
        boolean rising = line.value(at) < line.value(second) && line.value(at) > 0;
        if (line.size(at) > 2 || !rising || (!isNamed(line, at) && line.value(second) < 13)) {
            return null;
        }
        boolean year = line.is(second + 3, '/') && isYear(line.value(second + 4));
        String spoken =
                day(line, at)
                        + numbers.cardinal(line.value(at))
                        + " đến "
                        + numbers.cardinal(line.value(second))
                        + monthOf(line.value(second + 2))
                        + (year ? yearOf(line.value(second + 4)) : "");
        return new Match(year ? second + 5 : second + 3, spoken, SemioticClass.DATE);
    }

    /**
     * Whether a day and a month stand there, a stroke between, or a dash or point after "ngày" or
     * "sáng".
     */
    static boolean isDayAndMonth(Line line, int at) {
        return isDayAndMonth(line, at, false);
    }

    private static boolean isDayAndMonth(Line line, int at, boolean beforeYear) {
        boolean dash =
                line.isOneOf(at + 1, "-.")
                        && Cue.DAY.isBefore(line, at)
                        && !Cue.COUNTED.isBehind(line, at + 3)
                        && !Cue.TIME_UNIT.isBehind(line, at + 3)
                        && !line.isOneOf(line.skip(at + 3), "%°");
        boolean more = isMore(line, at + 3) || (line.isOneOf(at + 3, "-.") && line.is(at + 1, '-'));
        return line.isSmall(at)
                && line.size(at) <= 2
                && (line.is(at + 1, '/') || dash)
                && line.isSmall(at + 2)
                && line.size(at + 2) <= 2
                && isDay(line.value(at), line.value(at + 2), 2000)
                && (beforeYear || !more);
    }

    /** "8/2024", "tháng 8-2024", "quý 1/2024", "tháng 1 2024". */
    private @Nullable Match monthAndYear(Line line, int at) {
        boolean afterMonth = line.isWord(line.before(at), "tháng");
        boolean period = Cue.PERIOD.isBefore(line, at);
        int year = at + 2;
        boolean separated =
                line.is(at + 1, '/')
                        || ((afterMonth || period)
                                && (line.isOneOf(at + 1, SEPARATORS)
                                        || (afterMonth && line.isSpace(at + 1))));
        if (!separated || line.size(year) != 4 || !isYear(line.value(year))) {
            return null;
        }
        boolean month = line.value(at) >= 1 && line.value(at) <= 12;
        boolean spaced = line.isSpace(at + 1);
        if (line.size(at) > 2 || (!month && !period) || isMore(line, year + 1)) {
            return null;
        }
        if (Cue.LAW.isBefore(line, at) || (spaced && Cue.TIME_UNIT.isBehind(line, year + 1))) {
            return null;
        }
        String name = period ? numbers.cardinal(line.value(at)) : numbers.rank(line.value(at));
        String spoken = (afterMonth || period ? "" : "tháng ") + name + yearOf(line.value(year));
        return new Match(year + 1, spoken, SemioticClass.DATE);
    }

    /** "tháng 4", but not "3 tháng 4 ngày". */
    private @Nullable Match month(Line line, int at) {
        int word = line.before(at);
        if (!line.isWord(word, "tháng") || line.value(at) < 1 || line.value(at) > 12) {
            return null;
        }
        boolean range = line.isOneOf(at + 1, "-–") && line.size(at + 2) <= 2;
        if (range && line.value(at + 2) > line.value(at) && line.value(at + 2) <= 12) {
            String both = numbers.rank(line.value(at)) + " đến " + numbers.rank(line.value(at + 2));
            return isMore(line, at + 3) ? null : new Match(at + 3, both, SemioticClass.DATE);
        }
        int before = line.before(word);
        boolean counted = line.isNumber(before) && !isNamed(line, before);
        boolean span = counted && Cue.TIME_UNIT.isBehind(line, at + 1);
        boolean ended =
                !line.isOneOf(at + 1, "/-.,") || line.isBlank(at + 2) || line.isWord(at + 2);
        return span || !ended || line.isWord(at + 1)
                ? null
                : new Match(at + 1, numbers.rank(line.value(at)), SemioticClass.DATE);
    }

    private static boolean isDashed(Line line, int at) {
        return line.isSmall(at) && line.isOneOf(at + 1, SEPARATORS) && line.isSmall(at + 2);
    }

    /** Whether more of the same follows without a space. */
    private static boolean isMore(Line line, int end) {
        boolean glued = line.isWord(end) || line.isNumber(end);
        return glued || (line.isOneOf(end, "/.") && (line.isNumber(end + 1) || line.is(end, '/')));
    }

    private static boolean isNamed(Line line, int at) {
        return Cue.DAY.isBefore(line, at);
    }

    private static String day(Line line, int at) {
        int word = line.before(at);
        boolean said =
                line.isWord(word, "ngày")
                        || line.isWord(word, "mùng")
                        || line.isWord(word, "mồng")
                        || Cue.STREET.is(line, word)
                        || DayOrFraction.isInList(line, at);
        return said ? "" : "ngày ";
    }

    private String monthOf(int month) {
        return " tháng " + numbers.rank(month);
    }

    private String yearOf(int year) {
        return " năm " + numbers.cardinal(year);
    }

    static boolean isYear(int value) {
        return value >= YEAR_MIN && value <= YEAR_MAX;
    }

    /** Whether the calendar has that day. */
    static boolean isDay(int day, int month, int year) {
        if (day < 1 || month < 1 || month > 12 || year < 0) {
            return false;
        }
        boolean leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
        int last =
                switch (month) {
                    case 2 -> leap ? 29 : 28;
                    case 4, 6, 9, 11 -> 30;
                    default -> 31;
                };
        return day <= last;
    }
}
