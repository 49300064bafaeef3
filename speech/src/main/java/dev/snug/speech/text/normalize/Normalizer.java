package dev.snug.speech.text.normalize;

import dev.snug.speech.text.normalize.clean.CleanText;
import dev.snug.speech.text.normalize.clean.Cleaning;
import dev.snug.speech.text.normalize.line.Line;
import dev.snug.speech.text.normalize.rule.Match;
import dev.snug.speech.text.normalize.rule.Rules;
import dev.snug.speech.text.normalize.rule.SemioticClass;
import dev.snug.speech.text.normalize.spoken.Profile;

import java.util.List;
import java.util.Optional;

/**
 * Vietnamese as people write it to Vietnamese as people say it: numbers, dates, units,
 * abbreviations and 18 other classes in words.
 *
 * <p>Characters are cleaned, lines cut into tokens, and at each token the rules read what they
 * know; {@link Rules} says which wins. The rest stays as written. Never throws for any text; takes
 * time in proportion to its length, because every rule looks at a bounded number of tokens. May be
 * used by several threads.
 */
public final class Normalizer {
    /** Characters of a line that the rules see at once; a longer one is cut at a space. */
    static final int LINE_CHARS = 1 << 13;

    /** Where no space comes, a line is cut here; one more number this long is read by digits. */
    private static final int RUN_CHARS = 1 << 14;

    private final Rules rules;
    private final ForeignWords foreign;

    private Normalizer(Profile profile, ForeignWords foreign) {
        this.foreign = foreign;
        this.rules = Rules.of(profile, word -> foreign.spoken(word).orElse(word));
    }

    /** A normaliser that keeps foreign words as they are written. */
    public static Normalizer of(Profile profile) {
        return of(profile, ForeignWords.KEPT);
    }

    public static Normalizer of(Profile profile, ForeignWords foreign) {
        return new Normalizer(profile, foreign);
    }

    /** The text as it is said, with the way back to what was written. */
    public Normalized normalize(String written) {
        CleanText clean = Cleaning.of(written);
        Speech speech = new Speech(clean);
        Line line = new Line();
        for (int from = 0; from < clean.length(); ) {
            int end = lineEnd(clean, from);
            line.fill(clean, from, end);
            read(line, speech);
            if (end < clean.length() && clean.charAt(end) == '\n') {
                speech.lineEnd();
                end++;
            }
            from = end;
        }
        return speech.normalized(written);
    }

    /** What reads what in {@code written}: the text, the class, the words. */
    public List<Reading> explain(String written) {
        return normalize(written).readings();
    }

    private void read(Line line, Speech speech) {
        for (int at = 0; at < line.size(); ) {
            Match match = rules.at(line, at);
            if (match != null) {
                speech.reading(line, at, match.end(), match.spoken(), match.kind());
                at = match.end();
            } else {
                plain(line, at++, speech);
            }
        }
    }

    private void plain(Line line, int at, Speech speech) {
        if (!line.isWord(at)) {
            speech.mark(line, at);
        } else if (line.isSyllable(at)) {
            speech.reading(line, at, at + 1, line.text(at), SemioticClass.PLAIN);
        } else {
            String word = line.text(at);
            Optional<String> spoken = foreign.spoken(word);
            SemioticClass kind = spoken.isPresent() ? SemioticClass.FOREIGN : SemioticClass.PLAIN;
            speech.reading(line, at, at + 1, spoken.orElse(word), kind);
        }
    }

    /** The end of the line that begins at {@code from}: a line feed, or where a long one is cut. */
    private static int lineEnd(CleanText clean, int from) {
        int space = -1;
        for (int at = from; at < clean.length(); at++) {
            char c = clean.charAt(at);
            if (c == '\n') {
                return at;
            }
            if (c == ' ' && at - from < LINE_CHARS && isQuietCut(clean, at)) {
                space = at;
            }
            if (at - from >= LINE_CHARS) {
                if (space > 0) {
                    return space;
                }
                boolean rest = clean.length() - at > LINE_CHARS;
                if (c == ' ' || (at - from >= RUN_CHARS && rest)) {
                    return at;
                }
            }
        }
        return clean.length();
    }

    /** Whether plain words stand on both sides, of which no rule needs to see both. */
    private static boolean isQuietCut(CleanText clean, int space) {
        boolean before = space > 0 && Character.isLetter(clean.charAt(space - 1));
        boolean after =
                space + 1 < clean.length() && Character.isLowerCase(clean.charAt(space + 1));
        return before && after;
    }
}
