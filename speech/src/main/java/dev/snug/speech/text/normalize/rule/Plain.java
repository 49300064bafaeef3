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
        return new Match(amount.end(), amount.spoken(numbers, false), kind);
    }
}
