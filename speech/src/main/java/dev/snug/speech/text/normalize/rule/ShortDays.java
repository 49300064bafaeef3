package dev.snug.speech.text.normalize.rule;

import dev.snug.speech.text.normalize.line.Line;
import dev.snug.speech.text.normalize.spoken.Numbers;

import org.jspecify.annotations.Nullable;

/** Days of the week and months as timetables shorten them: "T2-T6", "T7, CN", "T10/2024". */
final class ShortDays implements Rule {
    private static final int WEEKDAY_MIN = 2;
    private static final int WEEKDAY_MAX = 7;
    private static final int MONTHS = 12;

    private final Numbers numbers;

    ShortDays(Numbers numbers) {
        this.numbers = numbers;
    }

    @Override
    public @Nullable Match at(Line line, int at) {
        if (line.text(at).equals("CN")
                && (line.is(at + 1, ':') || isDayNear(line, at, -1) || isDayNear(line, at, 1))) {
            return new Match(at + 1, "chủ nhật", SemioticClass.DATE);
        }
        if (!isShort(line, at)) {
            return null;
        }
        int value = line.value(at + 1);
        if (line.is(at + 2, '/') && line.size(at + 3) == 4 && Dates.isYear(line.value(at + 3))) {
            String year = numbers.cardinal(line.value(at + 3));
            String spoken = "tháng " + numbers.rank(value) + " năm " + year;
            return new Match(at + 4, spoken, SemioticClass.DATE);
        }
        boolean weekday = value >= WEEKDAY_MIN && value <= WEEKDAY_MAX;
        boolean listed = isDayNear(line, at, -1) || isDayNear(line, at + 1, 1);
        if (!weekday || !listed) {
            return null;
        }
        boolean span = line.isOneOf(at + 2, "-–") && !line.isSpace(at + 3);
        String spoken = "thứ " + numbers.rank(value);
        if (!span) {
            return new Match(at + 2, spoken, SemioticClass.DATE);
        }
        if (line.text(at + 3).equals("CN")) {
            return new Match(at + 4, spoken + " đến chủ nhật", SemioticClass.DATE);
        }
        String last = " đến thứ " + numbers.rank(line.value(at + 4));
        return isShort(line, at + 3) ? new Match(at + 5, spoken + last, SemioticClass.DATE) : null;
    }

    /** "T" and a number up to twelve, nothing glued to it. */
    private static boolean isShort(Line line, int at) {
        return line.is(at, 'T')
                && line.isSmall(at + 1)
                && line.value(at + 1) >= 1
                && line.value(at + 1) <= MONTHS
                && !line.isWord(at + 2)
                && !line.isNumber(at - 1);
    }

    /** Whether another day stands on that side, a comma, dash or "và" between. */
    private static boolean isDayNear(Line line, int at, int step) {
        int i = at + step;
        for (int joins = 0; joins < 3; joins++) {
            if (!line.isSpace(i) && !line.isOneOf(i, ",-–/+&") && !line.isWord(i, "và")) {
                break;
            }
            i += step;
        }
        int word = step < 0 && line.isNumber(i) ? i - 1 : i;
        return i != at + step && (isShort(line, word) || line.text(word).equals("CN"));
    }
}
