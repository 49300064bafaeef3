package dev.snug.speech.text.normalize.rule;

import dev.snug.speech.text.normalize.line.Line;
import dev.snug.speech.text.normalize.spoken.Numbers;
import dev.snug.speech.text.normalize.spoken.Profile;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * All rules and how they agree: from left to right, at each token the longest reading wins; of two
 * as long, the one whose class stands first in {@link SemioticClass}. What was read is not looked
 * at again.
 */
public final class Rules {
    private final Abbreviations abbreviations;
    private final List<Rule> atWords;
    private final List<Rule> atNumbers;
    private final List<Rule> atSigns;

    private Rules(
            Abbreviations abbreviations,
            List<Rule> atWords,
            List<Rule> atNumbers,
            List<Rule> atSigns) {
        this.abbreviations = abbreviations;
        this.atWords = atWords;
        this.atNumbers = atNumbers;
        this.atSigns = atSigns;
    }

    /**
     * The rules in the words of {@code profile}; words inside addresses and tags are said as {@code
     * foreign} says them.
     */
    public static Rules of(Profile profile, UnaryOperator<String> foreign) {
        Numbers numbers = new Numbers(profile);
        Units units = new Units();
        Fraction fraction = new Fraction(numbers);
        Rule measure = new Measure(numbers, units, fraction);
        Rule money = new Money(numbers, units, new Currencies());
        Rule plain = new Plain(numbers);
        Rule dates = new Dates(numbers);
        Rule clock = new Clock(numbers);
        Rule code = new Code(numbers, units);
        Rule phone = new Phone(numbers);
        Rule electronic = new Electronic(numbers, foreign);
        Rule list = new ListMarker(numbers);
        Rule math = new MathSign(numbers, units);
        Rule range = new Range(List.of(plain, dates, clock, money, measure, fraction));
        Abbreviations abbreviations = new Abbreviations();
        return new Rules(
                abbreviations,
                List.of(
                        abbreviations,
                        electronic,
                        list,
                        new ShortDays(numbers),
                        code,
                        money,
                        measure,
                        new Roman(numbers),
                        math,
                        new Acronym(numbers)),
                List.of(
                        electronic,
                        list,
                        dates,
                        clock,
                        phone,
                        code,
                        new Address(numbers),
                        new Score(numbers),
                        range,
                        money,
                        measure,
                        new Ordinal(numbers),
                        fraction,
                        plain),
                List.of(
                        new Tag(numbers, foreign),
                        list,
                        phone,
                        range,
                        money,
                        measure,
                        fraction,
                        plain,
                        math,
                        new Emoji()));
    }

    /** The reading that wins at token {@code at}, or null where the text is said as written. */
    public @Nullable Match at(Line line, int at) {
        if (line.isNumber(at)) {
            return best(atNumbers, line, at);
        }
        if (line.isWord(at)) {
            boolean plain =
                    line.isOrdinary(at)
                            && !abbreviations.mayBegin(line, at)
                            && Roman.value(line.lower(at)) == 0;
            return plain ? null : best(atWords, line, at);
        }
        return line.isSpace(at) ? null : best(atSigns, line, at);
    }

    private static @Nullable Match best(List<Rule> rules, Line line, int at) {
        Match best = null;
        for (Rule rule : rules) {
            Match match = rule.at(line, at);
            if (match != null && (best == null || isBetter(match, best))) {
                best = match;
            }
        }
        return best;
    }

    private static boolean isBetter(Match match, Match than) {
        return match.end() > than.end()
                || (match.end() == than.end() && match.kind().compareTo(than.kind()) < 0);
    }
}
