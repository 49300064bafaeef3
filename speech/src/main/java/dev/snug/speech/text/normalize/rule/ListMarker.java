package dev.snug.speech.text.normalize.rule;

import dev.snug.speech.text.normalize.line.Line;
import dev.snug.speech.text.normalize.spoken.LetterNames;
import dev.snug.speech.text.normalize.spoken.Numbers;

import org.jspecify.annotations.Nullable;

/** What numbers the lines of a list: "1.", "1)", "a)", "IV.", "-", "•" at the start of a line. */
final class ListMarker implements Rule {
    private static final int DIGITS_MAX = 3;

    private final Numbers numbers;

    ListMarker(Numbers numbers) {
        this.numbers = numbers;
    }

    @Override
    public @Nullable Match at(Line line, int at) {
        if (at > 1 || (at == 1 && !line.isSpace(0))) {
            return null;
        }
        if (line.isOneOf(at, "-–—•·*+") && line.isSpace(at + 1)) {
            return new Match(at + 1, "", SemioticClass.LIST_MARKER);
        }
        boolean bracket = line.is(at + 1, ')');
        boolean point = line.is(at + 1, '.') && line.isSpace(at + 2);
        boolean more = line.skip(at + 2) < line.size();
        if ((!bracket && !point) || !more) {
            return null;
        }
        String mark = bracket ? "," : ".";
        if (line.isNumber(at) && line.size(at) <= DIGITS_MAX) {
            String spoken = numbers.cardinal(line.text(at)) + mark;
            return new Match(at + 2, spoken, SemioticClass.LIST_MARKER);
        }
        if (line.isUpper(at) && Roman.value(line.lower(at)) > 0 && !line.isOneOf(at, "CDLM")) {
            String spoken = numbers.cardinal(Roman.value(line.lower(at))) + mark;
            return new Match(at + 2, spoken, SemioticClass.LIST_MARKER);
        }
        boolean letter = line.isWord(at) && line.size(at) == 1 && line.first(at) < 0x180;
        return letter
                ? new Match(
                        at + 2, LetterNames.spell(line.text(at)) + mark, SemioticClass.LIST_MARKER)
                : null;
    }
}
