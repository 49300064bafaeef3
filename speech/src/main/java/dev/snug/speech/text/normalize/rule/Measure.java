package dev.snug.speech.text.normalize.rule;

import dev.snug.speech.text.normalize.line.Line;
import dev.snug.speech.text.normalize.spoken.LetterNames;
import dev.snug.speech.text.normalize.spoken.Numbers;
import dev.snug.speech.text.normalize.spoken.Profile;

import org.jspecify.annotations.Nullable;

/** "5km", "25 °C", "1/2kg", "1m75", "50%", "120 km/h", and a unit by itself: "mỗi m²". */
final class Measure implements Rule {
    /** Digits behind "1m" that are its centimetres. */
    private static final int CENTIMETRE_DIGITS = 2;

    private final Numbers numbers;
    private final Units units;
    private final Fraction fractions;

    Measure(Numbers numbers, Units units, Fraction fractions) {
        this.numbers = numbers;
        this.units = units;
        this.fractions = fractions;
    }

    @Override
    public @Nullable Match at(Line line, int at) {
        if (line.isWord(at)) {
            return alone(line, at);
        }
        Match parted = parted(line, at);
        if (parted != null) {
            return parted;
        }
        Match fraction = fractions.at(line, at);
        if (fraction != null) {
            return with(line, fraction.end(), fraction.spoken());
        }
        Numeral.Commas commas = Numeral.commas(numbers.profile(), false);
        Amount amount = Amount.at(line, at, numbers, commas);
        return amount == null ? null : with(line, amount.end(), amount.spoken(numbers, true));
    }

    private @Nullable Match with(Line line, int end, String number) {
        int token = line.skip(end);
        if (line.is(token, '%') || line.is(token, '‰')) {
            String word = line.is(token, '%') ? " phần trăm" : " phần nghìn";
            Units.Unit below = line.is(token + 1, '/') ? units.below(line, token + 2) : null;
            String per = below == null ? "" : " một " + below.spoken();
            int after = below == null ? token + 1 : below.end();
            return new Match(after, number + word + per, SemioticClass.PERCENT);
        }
        Units.Unit unit = units.at(line, token, token > end);
        if (unit == null || isName(line, token, unit, token > end)) {
            return null;
        }
        SemioticClass kind = unit.isTime() ? SemioticClass.TIME : SemioticClass.MEASURE;
        return new Match(unit.end(), number + " " + said(unit.spoken()), kind);
    }

    /** One letter after a space may begin a name: "lớp 5 A. Nam", "Q1 L. Kim". */
    private static boolean isName(Line line, int token, Units.Unit unit, boolean spaced) {
        return spaced
                && line.isWord(token)
                && line.size(token) == 1
                && ((line.is(unit.end(), '.') && line.isWord(line.skip(unit.end() + 1)))
                        || line.isOneOf(unit.end(), "'-&"));
    }

    /** Units end in a letter only where it is a scale of temperature: "độ C". */
    private String said(String unit) {
        int last = unit.length() - 1;
        boolean letter = Character.isUpperCase(unit.charAt(last));
        return letter && numbers.profile().letters() == Profile.Letters.SPELLED
                ? unit.substring(0, last) + LetterNames.spell(unit.substring(last))
                : unit;
    }

    /** "1m75": a height; the digits are said without a unit. */
    private @Nullable Match parted(Line line, int at) {
        int tail = at + 2;
        if (!line.isSmall(at)
                || !line.is(at + 1, 'm')
                || !line.isNumber(tail)
                || line.size(tail) > CENTIMETRE_DIGITS
                || line.isWord(tail + 1)
                || (line.isOneOf(tail + 1, "./,:") && line.isNumber(tail + 2))) {
            return null;
        }
        if (line.isOneOf(tail, "23")) {
            return null; // An area or a volume.
        }
        String centimetres =
                line.first(tail) == '0'
                        ? numbers.digits(line.text(tail))
                        : numbers.cardinal(line.text(tail));
        String spoken = numbers.cardinal(line.text(at)) + " mét " + centimetres;
        return new Match(tail + 1, spoken, SemioticClass.MEASURE);
    }

    private @Nullable Match alone(Line line, int at) {
        if (line.isNumber(at - 1) || (line.isOneOf(at - 1, "/.-_@#") && !line.isBlank(at - 2))) {
            return null;
        }
        Units.Unit unit = units.at(line, at, false);
        boolean roman = Cue.ROMAN.isBefore(line, at) && Roman.value(line.lower(at)) > 0;
        return unit == null || !unit.isAlone() || roman
                ? null
                : new Match(unit.end(), said(unit.spoken()), SemioticClass.MEASURE);
    }
}
