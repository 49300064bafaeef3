package dev.snug.speech.text.normalize.rule;

import dev.snug.speech.text.normalize.line.Line;
import dev.snug.speech.text.normalize.spoken.Numbers;

import org.jspecify.annotations.Nullable;

/** "50.000đ", "$1,234.50", "10k VND", "2,5 tỷ USD", "50.000đ/kg", "đ/kg". */
final class Money implements Rule {
    private static final int CENT_DIGITS = 2;

    private final Numbers numbers;
    private final Units units;
    private final Currencies currencies;

    Money(Numbers numbers, Units units, Currencies currencies) {
        this.numbers = numbers;
        this.units = units;
        this.currencies = currencies;
    }

    @Override
    public @Nullable Match at(Line line, int at) {
        Currencies.Currency leading = currencies.at(line, at);
        if (leading != null) {
            Match led = leading.leads() ? led(line, leading) : null;
            return led == null ? alone(line, at, leading) : led;
        }
        Numeral.Commas commas = Numeral.commas(numbers.profile(), false);
        Amount amount = Amount.at(line, at, numbers, commas);
        if (amount == null) {
            return null;
        }
        int token = line.skip(amount.end());
        Currencies.Currency currency = currencies.at(line, token);
        if (currency == null || isName(line, token, currency)) {
            return null;
        }
        if (currency.isWhole() && !amount.isScaled()) {
            Amount whole = Amount.at(line, at, numbers, Numeral.commas(numbers.profile(), true));
            amount = whole == null ? amount : whole;
        }
        return counted(line, currency.end(), amount, currency);
    }

    /** "$5", "USD 5", "$1.5 triệu". */
    private @Nullable Match led(Line line, Currencies.Currency currency) {
        int number = line.skip(currency.end());
        Numeral.Commas commas = Numeral.commas(numbers.profile(), true);
        Amount amount = Amount.at(line, number, numbers, commas);
        if (amount == null) {
            return null;
        }
        Currencies.Currency again = currencies.at(line, line.skip(amount.end()));
        boolean same = again != null && again.spoken().equals(currency.spoken());
        int end = again != null && same ? again.end() : amount.end();
        return counted(line, end, amount, currency);
    }

    /** A đồng written "đ" after a space is a word where a name follows: "5 đ. Nam". */
    private static boolean isName(Line line, int token, Currencies.Currency currency) {
        return line.isSpace(token - 1)
                && line.size(token) == 1
                && line.isWord(token)
                && line.is(currency.end(), '/')
                && line.is(currency.end() + 1, 'c');
    }

    private Match counted(Line line, int end, Amount amount, Currencies.Currency currency) {
        String spoken =
                hasCents(amount, currency)
                        ? cents(amount, currency)
                        : amount.spoken(numbers, true) + " " + currency.spoken();
        Units.Unit below = line.is(end, '/') ? units.below(line, end + 1) : null;
        if (below == null) {
            return new Match(end, spoken, SemioticClass.MONEY);
        }
        String per = below.isTime() ? " trên " : " một ";
        return new Match(below.end(), spoken + per + below.spoken(), SemioticClass.MONEY);
    }

    private static boolean hasCents(Amount amount, Currencies.Currency currency) {
        return !currency.isWhole()
                && !amount.isScaled()
                && !amount.numeral().isWhole()
                && amount.numeral().fraction().length() <= CENT_DIGITS;
    }

    private String cents(Amount amount, Currencies.Currency currency) {
        Numeral numeral = amount.numeral();
        int cents = Integer.parseInt((numeral.fraction() + "0").substring(0, CENT_DIGITS));
        boolean some = !numeral.whole().chars().allMatch(digit -> digit == '0');
        String whole = numbers.cardinal(numeral.whole()) + " " + currency.spoken();
        String part = numbers.cardinal(cents) + " " + currency.cent();
        if (cents == 0) {
            return amount.sign() + whole;
        }
        return amount.sign() + (some ? whole + " " + part : part);
    }

    /** "đ/kg", "USD": without a number. */
    private @Nullable Match alone(Line line, int at, Currencies.Currency currency) {
        Units.Unit below =
                line.is(currency.end(), '/') ? units.below(line, currency.end() + 1) : null;
        if (below != null) {
            String spoken = currency.spoken() + " một " + below.spoken();
            return new Match(below.end(), spoken, SemioticClass.MONEY);
        }
        boolean code = (line.isUpper(at) && line.size(at) > 2) || !line.isWord(at);
        return code
                        && (line.isBlank(at - 1) || line.isOneOf(at - 1, "(/"))
                        && !line.isWord(currency.end())
                ? new Match(currency.end(), currency.spoken(), SemioticClass.MONEY)
                : null;
    }
}
