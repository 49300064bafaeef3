package dev.snug.speech.text.aloud;

import dev.snug.speech.text.foreign.ForeignMode;
import dev.snug.speech.text.foreign.ForeignWords;
import dev.snug.speech.text.foreign.Lexicon;
import dev.snug.speech.text.foreign.Lexicons;
import dev.snug.speech.text.markup.MarkedText;
import dev.snug.speech.text.markup.Part;
import dev.snug.speech.text.normalize.Normalized;
import dev.snug.speech.text.normalize.Normalizer;
import dev.snug.speech.text.normalize.spoken.Profile;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Written Vietnamese as it is said: marks taken out, lexicons asked, numbers and signs in words.
 * May be used by several threads.
 */
public final class SpokenText {
    private final Normalizer normalizer;
    private final ForeignWords foreign;
    private final SayAs sayAs;
    private final boolean marked;

    /**
     * @param marked whether marks such as {@code [pause 500ms]} are obeyed; else they are text
     */
    public SpokenText(Profile profile, ForeignWords foreign, boolean marked) {
        this.normalizer = Normalizer.of(profile, foreign::spoken);
        this.foreign = foreign;
        this.sayAs = new SayAs(profile);
        this.marked = marked;
    }

    /** As Vietnamese is read where nobody says otherwise: default words, respelling, marks. */
    public static SpokenText usual() {
        return usual(true);
    }

    /** The same; brackets are not marks but text in what nobody wrote to be read aloud. */
    public static SpokenText usual(boolean marked) {
        return new SpokenText(
                Profile.DEFAULT,
                new ForeignWords(ForeignMode.RESPELL, new Lexicons(List.of())),
                marked);
    }

    /**
     * A run of words that is spoken at one rate.
     *
     * @param text in words, may be blank where only a pause is meant
     * @param rate times the speed that was asked for
     * @param pauseMilliseconds silence behind it
     * @param ends whether the next run is never spoken in one with it
     */
    public record Run(String text, double rate, int pauseMilliseconds, boolean ends) {}

    /**
     * What is to be said.
     *
     * @param dropped characters that are not said, each once
     */
    public record Told(List<Run> runs, List<String> dropped) {
        public Told {
            runs = List.copyOf(runs);
            dropped = List.copyOf(dropped);
        }
    }

    /**
     * {@code written} as it is said.
     *
     * @throws dev.snug.speech.text.markup.MarkupException when a mark is broken
     */
    public Told told(String written) {
        Set<String> dropped = new LinkedHashSet<>();
        Runs runs = new Runs();
        MarkedText text = marked ? MarkedText.parse(written) : MarkedText.plain(written);
        for (Part part : text.parts()) {
            switch (part) {
                case Part.Words words -> runs.add(said(words.text(), dropped), words.rate());
                case Part.Substitute other -> runs.add(said(other.spoken(), dropped), other.rate());
                case Part.SaidAs as ->
                        runs.add(
                                sayAs.spoken(as.as(), as.format(), as.text(), runs.last()),
                                as.rate());
                case Part.Pause pause -> runs.pause(pause.milliseconds());
                case Part.Border _ -> runs.pause(0);
            }
        }
        return new Told(runs.list(), List.copyOf(dropped));
    }

    /** {@code written} without its marks, as a person reads it: for subtitles. */
    public String shown(String written) {
        if (!marked) {
            return written;
        }
        StringBuilder shown = new StringBuilder(written.length());
        for (Part part : MarkedText.parse(written).parts()) {
            shown.append(
                    switch (part) {
                        case Part.Words words -> words.text();
                        case Part.Substitute other -> other.written();
                        case Part.SaidAs as -> as.text();
                        case Part.Pause _, Part.Border _ -> "\n";
                    });
        }
        return shown.toString();
    }

    /** A text without marks as it is said. */
    public String words(String plain) {
        return said(plain, new LinkedHashSet<>());
    }

    /** Lexicons first, phrase by phrase; the rest by the rules of written Vietnamese. */
    private String said(String text, Set<String> dropped) {
        StringBuilder whole = new StringBuilder(text.length());
        int from = 0;
        for (Lexicon.Match match : foreign.phrases(text)) {
            whole.append(text, from, match.start()).append(match.spoken());
            from = match.end();
        }
        Normalized normalized = normalizer.normalize(whole.append(text.substring(from)).toString());
        dropped.addAll(normalized.dropped());
        return normalized.spoken();
    }

    /** Runs under construction: neighbours at one rate become one. */
    private static final class Runs {
        private final List<Run> runs = new ArrayList<>();

        void add(String text, double rate) {
            if (text.isBlank()) {
                return;
            }
            Run last = runs.isEmpty() ? null : runs.getLast();
            if (last != null && !last.ends() && last.rate() == rate) {
                runs.removeLast();
                runs.add(new Run(last.text().strip() + " " + text.strip(), rate, 0, false));
            } else {
                runs.add(new Run(text, rate, 0, false));
            }
        }

        void pause(int milliseconds) {
            Run last = runs.isEmpty() ? new Run("", 1, 0, true) : runs.removeLast();
            int all = last.pauseMilliseconds() + milliseconds;
            runs.add(new Run(last.text(), last.rate(), all, true));
        }

        /** What is said right before, empty behind a pause. */
        String last() {
            return runs.isEmpty() || runs.getLast().ends() ? "" : runs.getLast().text();
        }

        List<Run> list() {
            return runs;
        }
    }
}
