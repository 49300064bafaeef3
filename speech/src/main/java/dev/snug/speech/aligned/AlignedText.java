package dev.snug.speech.aligned;

import dev.snug.speech.text.Chunk;
import dev.snug.speech.text.Delivery;
import dev.snug.speech.text.FamilyText;
import dev.snug.speech.text.Pace;
import dev.snug.speech.text.Passage;
import dev.snug.speech.text.Reference;
import dev.snug.speech.text.Script;
import dev.snug.speech.text.TextException;
import dev.snug.speech.text.Tokens;
import dev.snug.speech.text.Vocabulary;
import dev.snug.speech.text.aloud.ReadAloud;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The text rules of aligned models: characters of {@link Spelling} as tokens, the reference's text
 * and the chunk with a space between, durations by how long each token lasts on average at the pace
 * of the reference.
 */
public final class AlignedText implements FamilyText {
    /**
     * Seconds of a chunk, reference included: training showed no more than about eight at once, and
     * a chunk of eight already takes a sentence of twenty syllables.
     */
    private static final double CHUNK_SECONDS = 8;

    /** How fast to speak and how much at once where nobody says. */
    public static final Pace PACE = new Pace(1, CHUNK_SECONDS, 0, OptionalDouble.empty());

    private static final String SPACE = " ";

    private final Vocabulary vocabulary;
    private final List<Float> tokenFrames;
    private final Spelling spelling;

    /**
     * The rules over {@code vocabulary}.
     *
     * @param tokenFrames frames that each of its lines lasts on average
     * @throws IllegalArgumentException when there is not one number a line
     */
    public AlignedText(Vocabulary vocabulary, List<Float> tokenFrames) {
        if (vocabulary.size() != tokenFrames.size()) {
            throw new IllegalArgumentException(
                    "%d durations for a vocabulary of %d lines; import the model again"
                            .formatted(tokenFrames.size(), vocabulary.size()));
        }
        this.vocabulary = vocabulary;
        this.tokenFrames = List.copyOf(tokenFrames);
        this.spelling = new Spelling(vocabulary);
    }

    @Override
    public Script script(Passage passage, Reference reference, Pace pace) {
        Delivery delivery = delivery(reference, pace);
        Set<String> unread = new LinkedHashSet<>();
        List<Chunk> chunks = ReadAloud.chunks(passage.text(), delivery, reference, pace, unread);
        return new Script(chunks, List.copyOf(unread));
    }

    @Override
    public Delivery delivery(Reference reference, Pace pace) {
        Tokens said = tokens(spelled(reference.text(), "reference text"));
        double usual = frames(said);
        if (!(usual > 0)) {
            throw new TextException("the tokens of the reference text last no time in this model");
        }
        return new Given(said, reference.frames() / usual, reference, pace);
    }

    private String spelled(String text, String what) {
        String spelled = spelling.of(text);
        if (spelled.codePoints().noneMatch(c -> Character.isLetter(c) && spelling.isKnown(c))) {
            throw new TextException("the %s has no letter that this model reads".formatted(what));
        }
        return spelled;
    }

    /** The tokens of a spelled text, ended by a mark; what the vocabulary lacks is left out. */
    private Tokens tokens(String spelled) {
        return vocabulary.characters(spelling.ended(spelling.known(spelled)));
    }

    private double frames(Tokens tokens) {
        double frames = 0;
        for (int id : tokens.ids()) {
            frames += tokenFrames.get(id);
        }
        return frames;
    }

    /** Pieces by these rules. */
    private final class Given implements Delivery {
        private final Tokens said;
        private final double rate;
        private final Reference reference;
        private final Pace pace;

        Given(Tokens said, double rate, Reference reference, Pace pace) {
            this.said = said;
            this.rate = rate;
            this.reference = reference;
            this.pace = pace;
        }

        @Override
        public String readable(String text) {
            return spelled(text, "text");
        }

        @Override
        public double seconds(String piece) {
            double usual = frames(tokens(piece)) * rate / pace.speed();
            return Math.max(usual / framesPerSecond(), pace.minSeconds());
        }

        @Override
        public Chunk chunk(String piece) {
            Tokens spaced = vocabulary.characters(SPACE + spelling.ended(spelling.known(piece)));
            return new Chunk(piece, spaced.behind(said), wholeFrames(piece));
        }

        private int wholeFrames(String piece) {
            if (pace.fixedSeconds().isPresent()) {
                return (int) (pace.fixedSeconds().getAsDouble() * framesPerSecond());
            }
            int spoken = (int) Math.round(seconds(piece) * framesPerSecond());
            return reference.frames() + Math.max(1, spoken);
        }

        @Override
        public List<String> unread(String piece) {
            return vocabulary.characters(piece).unknown();
        }

        private static double framesPerSecond() {
            return Reference.SAMPLE_RATE / (double) Reference.HOP_SAMPLES;
        }
    }
}
