package dev.snug.speech.text.normalize.rule;

import dev.snug.speech.text.normalize.line.Line;
import dev.snug.speech.text.normalize.spoken.Numbers;

import org.jspecify.annotations.Nullable;

/** Ranks and days of the week after "thứ": 1 is "nhất", 4 is "tư", also in "thứ 2, 4 và 6". */
final class Ordinal implements Rule {
    private static final int LIST_TOKENS = 18;
    private static final int WEEKDAY_MIN = 2;
    private static final int WEEKDAY_MAX = 7;

    private final Numbers numbers;

    Ordinal(Numbers numbers) {
        this.numbers = numbers;
    }

    @Override
    public @Nullable Match at(Line line, int at) {
        if (!line.isSmall(at)) {
            return null;
        }
        boolean more = line.isOneOf(at + 1, "./:") && line.isNumber(at + 2);
        if (line.isWord(at + 1) || more) {
            return null;
        }
        boolean first = line.isWord(line.before(at), "thứ");
        int value = line.value(at);
        if (!first && (value < WEEKDAY_MIN || value > WEEKDAY_MAX || !isInList(line, at))) {
            return null;
        }
        int dash = at + 1;
        boolean span = line.isOneOf(dash, "-–") && line.isSmall(dash + 1);
        if (span && value < line.value(dash + 1) && line.value(dash + 1) <= WEEKDAY_MAX) {
            String spoken = numbers.rank(value) + " đến thứ " + numbers.rank(line.value(dash + 1));
            return new Match(dash + 2, spoken, SemioticClass.ORDINAL);
        }
        String spoken = first && value == 1 ? "nhất" : numbers.rank(value);
        return new Match(at + 1, spoken, SemioticClass.ORDINAL);
    }

    private static boolean isInList(Line line, int at) {
        for (int i = at - 1; i >= Math.max(0, at - LIST_TOKENS); i--) {
            if (line.isWord(i, "thứ")) {
                return line.isNumber(line.skip(i + 1));
            }
            boolean weekday =
                    line.isNumber(i)
                            && line.value(i) >= WEEKDAY_MIN
                            && line.value(i) <= WEEKDAY_MAX;
            boolean joins = line.is(i, ',') || line.isWord(i, "và") || line.isWord(i, "hoặc");
            if (!weekday && !line.isSpace(i) && !joins) {
                return false;
            }
        }
        return false;
    }
}
