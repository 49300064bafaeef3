package dev.snug.speech.text.normalize.rule;

import dev.snug.speech.text.normalize.line.Line;

import org.jspecify.annotations.Nullable;

import java.util.List;

/**
 * Two readings with a dash between: "20-25°C", "10:00-11:00", "50.000đ-100.000đ", "1975-1980".
 * Plain numbers are a range where they rise; {@link Score} takes the others.
 */
final class Range implements Rule {
    private final List<Rule> ends;

    /**
     * @param ends the classes of what may stand on either side, plain numbers among them
     */
    Range(List<Rule> ends) {
        this.ends = List.copyOf(ends);
    }

    @Override
    public @Nullable Match at(Line line, int at) {
        int dash = dashNear(line, at);
        if (dash < 0) {
            return null;
        }
        Match from = longest(line, at);
        if (from == null) {
            return null;
        }
        int middle = line.skip(from.end());
        boolean spaced = middle > from.end();
        if (!line.isOneOf(middle, "-–") || spaced != line.isSpace(middle + 1)) {
            return null;
        }
        int second = line.skip(middle + 1);
        Match to = longest(line, second);
        if (to == null || (line.isOneOf(to.end(), "-/") && line.isNumber(to.end() + 1))) {
            return null;
        }
        boolean plainFrom = isPlain(from);
        if (plainFrom && isPlain(to)) {
            return plain(line, at, from, second, to, spaced);
        }
        if ((plainFrom && to.kind() == SemioticClass.DATE) || (!plainFrom && !sameKind(from, to))) {
            return null;
        }
        return range(from, to);
    }

    private static Match range(Match from, Match to) {
        return new Match(to.end(), from.spoken() + " đến " + to.spoken(), SemioticClass.RANGE);
    }

    /** Most numbers have no dash behind them: this saves reading them twice. */
    private static int dashNear(Line line, int at) {
        if (!line.isNumber(at) && !line.isOneOf(at, "$€£¥-")) {
            return -1;
        }
        for (int i = at + 1; i < at + 14; i++) {
            if (line.isOneOf(i, "-–")) {
                return i;
            }
        }
        return -1;
    }

    private @Nullable Match longest(Line line, int at) {
        Match best = null;
        for (Rule rule : ends) {
            Match match = rule.at(line, at);
            if (match != null && (best == null || match.end() > best.end())) {
                best = match;
            }
        }
        return best;
    }

    private static boolean isPlain(Match match) {
        return match.kind() == SemioticClass.CARDINAL || match.kind() == SemioticClass.DECIMAL;
    }

    private static boolean sameKind(Match from, Match to) {
        return from.kind() == to.kind();
    }

    private static @Nullable Match plain(
            Line line, int at, Match from, int second, Match to, boolean spaced) {
        boolean scaled = line.isWord(from.end() - 1) || line.isWord(to.end() - 1);
        Numeral first = Numeral.at(line, at, Numeral.Commas.ZEROS_GROUP);
        Numeral last = Numeral.at(line, second, Numeral.Commas.ZEROS_GROUP);
        if (first == null || last == null || line.isWord(to.end())) {
            return null;
        }
        boolean code = !scaled && (isCode(first) || isCode(last));
        boolean equation = line.is(line.skip(to.end()), '=');
        boolean rising = isRising(first, last);
        boolean named = Cue.SPAN.isBefore(line, at);
        boolean weekdays = line.isWord(line.before(at), "thứ") && last.value() <= 7;
        if (code || equation || weekdays || (!scaled && !rising && !named)) {
            return null;
        }
        return spaced && !rising && !scaled ? null : range(from, to);
    }

    private static boolean isCode(Numeral numeral) {
        return (numeral.whole().length() > 2 && numeral.whole().charAt(0) == '0')
                || numeral.whole().length() > Phone.DIGITS_MAX;
    }

    private static boolean isRising(Numeral first, Numeral last) {
        int lengths = Integer.compare(trimmed(first).length(), trimmed(last).length());
        if (lengths != 0) {
            return lengths < 0;
        }
        int wholes = trimmed(first).compareTo(trimmed(last));
        return wholes < 0 || (wholes == 0 && first.fraction().compareTo(last.fraction()) < 0);
    }

    private static String trimmed(Numeral numeral) {
        String whole = numeral.whole();
        int start = 0;
        while (start < whole.length() - 1 && whole.charAt(start) == '0') {
            start++;
        }
        return whole.substring(start);
    }
}
