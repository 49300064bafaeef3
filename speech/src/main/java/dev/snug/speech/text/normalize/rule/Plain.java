package dev.snug.speech.text.normalize.rule;

import dev.snug.speech.text.normalize.line.Line;
import dev.snug.speech.text.normalize.spoken.Numbers;

import org.jspecify.annotations.Nullable;

/** A number that no other class takes: "1.234", "-5", "3,14", "2k", "1tr5", "0012". */
final class Plain implements Rule {
    private final Numbers numbers;

    Plain(Numbers numbers) {
        this.numbers = numbers;
    }

    @Override
    public @Nullable Match at(Line line, int at) {
        Amount amount = Amount.at(line, at, numbers, Numeral.commas(numbers.profile(), false));
        if (amount == null) {
            return null;
        }
        SemioticClass kind =
                amount.numeral().isWhole() ? SemioticClass.CARDINAL : SemioticClass.DECIMAL;
        boolean quantity = isCounting(line, at, amount.end());
        return new Match(amount.end(), amount.spoken(numbers, quantity), kind);
    }

    /** Whether a thing that is counted follows: "9.5 điểm", but not "phiên bản 2.0 mới". */
    private static boolean isCounting(Line line, int at, int end) {
        int before = line.before(at);
        int next = line.skip(end);
        boolean named =
                line.isWord(before) && (line.isCapitalised(before) || !line.isSyllable(before));
        return line.isSyllable(next)
                && !line.isCapitalised(next)
                && !named
                && !Cue.VERSION.is(line, before);
    }
}
