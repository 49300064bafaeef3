package dev.snug.speech.text.chunk;

import java.util.ArrayList;
import java.util.List;

/** The sentences of a text: what lies between ends of sentences and of paragraphs. Pure. */
public final class Sentences {
    private Sentences() {}

    /** The sentences of {@code text} in order, without white space at their ends, none empty. */
    public static List<String> of(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && Gap.isSpace(text.charAt(from))) {
            from++;
        }
        while (to > from && Gap.isSpace(text.charAt(to - 1))) {
            to--;
        }
        List<String> sentences = new ArrayList<>();
        Cuts cuts = Cuts.between(text, from, to);
        int start = from;
        for (int cut = 0; cut < cuts.size(); cut++) {
            if (cuts.kind(cut) == Cut.SENTENCE) {
                sentences.add(text.substring(start, cuts.end(cut)));
                start = cuts.start(cut);
            }
        }
        if (start < to) {
            sentences.add(text.substring(start, to));
        }
        return sentences;
    }
}
