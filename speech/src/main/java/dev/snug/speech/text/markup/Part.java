package dev.snug.speech.text.markup;

/** A piece of marked-up text with one meaning, and where it is written. */
public sealed interface Part {
    /** Times the voice's own speed; slower, and models fill the time with babble. */
    double RATE_MIN = 0.25;

    /** Times the voice's own speed; faster, and syllables are lost. */
    double RATE_MAX = 4;

    /** Where it is written, its marks included where they are its own. */
    Span span();

    /**
     * Text to be read as usual.
     *
     * @param text at least one char; blank only between two parts that are spoken
     * @param rate times the voice's own speed, {@link #RATE_MIN} to {@link #RATE_MAX}
     */
    record Words(String text, Offsets offsets, double rate, Span span) implements Part {
        public Words {
            requireText(text);
            requireRate(rate);
        }
    }

    /**
     * Text whose kind the writer says: {@code <say-as>}.
     *
     * @param format empty where none is given
     * @param rate times the voice's own speed, {@link #RATE_MIN} to {@link #RATE_MAX}
     */
    record SaidAs(
            String text, Offsets offsets, InterpretAs as, String format, double rate, Span span)
            implements Part {
        public SaidAs {
            requireText(text);
            requireRate(rate);
            if (!as.takes(format)) {
                throw new IllegalArgumentException("no format of %s: %s".formatted(as, format));
            }
        }
    }

    /**
     * Text that is spoken as another: {@code <sub alias>}.
     *
     * @param spoken what to read, as any text is read
     * @param written what stands there, for subtitles; may be empty
     * @param rate times the voice's own speed, {@link #RATE_MIN} to {@link #RATE_MAX}
     */
    record Substitute(String spoken, String written, double rate, Span span) implements Part {
        public Substitute {
            requireText(spoken);
            requireRate(rate);
        }
    }

    /** Silence of 1 to {@link #MILLISECONDS_MAX} ms; the words around are never spoken in one. */
    record Pause(int milliseconds, Span span) implements Part {
        /** Longer silence is a mistake in the text, or belongs into a sound editor. */
        public static final int MILLISECONDS_MAX = 10_000;

        public Pause {
            if (milliseconds < 1 || milliseconds > MILLISECONDS_MAX) {
                throw new IllegalArgumentException("no pause: %d ms".formatted(milliseconds));
            }
        }
    }

    /** The end of a sentence or paragraph that marks set, whatever the punctuation says. */
    record Border(boolean paragraph, Span span) implements Part {}

    private static void requireText(String text) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("a part has no text");
        }
    }

    private static void requireRate(double rate) {
        // Written so that NaN fails too.
        if (!(rate >= RATE_MIN && rate <= RATE_MAX)) {
            throw new IllegalArgumentException("no rate: " + rate);
        }
    }
}
