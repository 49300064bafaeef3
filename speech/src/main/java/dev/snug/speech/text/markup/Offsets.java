package dev.snug.speech.text.markup;

import java.util.Arrays;

/**
 * The way from offsets in a part's text back to the written text. Both run alike but for jumps:
 * where a mark was left out, and where the five chars of an entity became one.
 */
public final class Offsets {
    private final int[] texts;
    private final int[] writtens;

    private Offsets(int[] texts, int[] writtens) {
        this.texts = texts;
        this.writtens = writtens;
    }

    /**
     * Where the char at {@code offset} of the part's text is written; of the end of the text, where
     * it would go on.
     */
    public int written(int offset) {
        if (offset < 0) {
            throw new IndexOutOfBoundsException("offset " + offset);
        }
        int found = Arrays.binarySearch(texts, offset);
        int run = found >= 0 ? found : -found - 2;
        return writtens[run] + offset - texts[run];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Offsets offsets
                && Arrays.equals(texts, offsets.texts)
                && Arrays.equals(writtens, offsets.writtens);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(texts) + Arrays.hashCode(writtens);
    }

    @Override
    public String toString() {
        return "Offsets" + Arrays.toString(texts) + Arrays.toString(writtens);
    }

    /** Gathers a text run by run, and the way back. */
    static final class Builder {
        private final StringBuilder text = new StringBuilder();
        private int[] texts = new int[4];
        private int[] writtens = new int[4];
        private int runs;
        private int end;

        /** Adds {@code more}, which is written from {@code start} to {@code end}. */
        void add(CharSequence more, int start, int end) {
            // A run goes on when neither side jumped; what an entity became never goes on.
            boolean goesOn =
                    runs > 0
                            && start == this.end
                            && writtens[runs - 1] + text.length() - texts[runs - 1] == start;
            if (!goesOn) {
                if (runs == texts.length) {
                    texts = Arrays.copyOf(texts, 2 * runs);
                    writtens = Arrays.copyOf(writtens, 2 * runs);
                }
                texts[runs] = text.length();
                writtens[runs] = start;
                runs++;
            }
            text.append(more);
            this.end = end;
        }

        boolean isEmpty() {
            return text.isEmpty();
        }

        boolean isBlank() {
            return text.chars().allMatch(Character::isWhitespace);
        }

        String text() {
            return text.toString();
        }

        Span span() {
            return new Span(writtens[0], end);
        }

        Offsets offsets() {
            return new Offsets(Arrays.copyOf(texts, runs), Arrays.copyOf(writtens, runs));
        }
    }
}
