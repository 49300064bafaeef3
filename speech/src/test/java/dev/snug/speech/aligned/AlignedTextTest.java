package dev.snug.speech.aligned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.snug.speech.text.Chunk;
import dev.snug.speech.text.Pace;
import dev.snug.speech.text.Passage;
import dev.snug.speech.text.Reference;
import dev.snug.speech.text.Script;
import dev.snug.speech.text.TextException;
import dev.snug.speech.text.Vocabulary;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Chunks of aligned models. The oracle is the rule of durations, worked out by hand over a
 * vocabulary whose every token lasts six frames, but for the space, which lasts two.
 */
class AlignedTextTest {
    private static final Vocabulary VOCABULARY = SpellingTest.vocabulary(" ,.?!aceghimnoxàộ");

    /** 2 s: 188 frames with the one that the first window adds. */
    private static final Reference REFERENCE = new Reference(Passage.composed("Xin chào"), 48_000);

    /** "xin chào.": eight tokens of six frames and a space. */
    private static final double RATE = 188 / 50.0;

    private static final AlignedText TEXT = new AlignedText(VOCABULARY, tokenFrames());

    private static List<Float> tokenFrames() {
        List<Float> frames = new ArrayList<>(Collections.nCopies(VOCABULARY.size(), 6f));
        frames.set(0, 2f);
        return frames;
    }

    private static Script script(String text, Pace pace) {
        return TEXT.script(Passage.composed(text), REFERENCE, pace);
    }

    @Test
    void aChunkIsTheReferenceASpaceAndThePieceEachEndedByAMark() {
        Chunk chunk = script("Một, hai", AlignedText.PACE).chunks().getFirst();

        // "t" and "ộ" of "một": the vocabulary has no t.
        assertThat(chunk.tokens().ids())
                .isEqualTo(VOCABULARY.characters("xin chào. mộ, hai.").ids());
        assertThat(chunk.tokens().referenceSize()).isEqualTo("xin chào.".length());
    }

    @Test
    void aChunkLastsAsLongAsItsTokensAtThePaceOfTheReference() {
        // "hai nào.": seven tokens and a space.
        int spoken = (int) Math.round(44 * RATE);

        assertThat(script("Hai nào.", AlignedText.PACE).chunks().getFirst().frames())
                .isEqualTo(188 + spoken);
        assertThat(script("Hai nào.", AlignedText.PACE.times(2)).chunks().getFirst().frames())
                .isEqualTo(188 + (int) Math.round(22 * RATE));
        assertThat(TEXT.delivery(REFERENCE, AlignedText.PACE).seconds("hai nào."))
                .isCloseTo(44 * RATE * 256 / 24_000, within(1e-9));
    }

    @Test
    void aFixedDurationIsOfReferenceAndPieceTogether() {
        Pace fixed = new Pace(1, 8, 0, OptionalDouble.of(3));

        assertThat(script("Hai.", fixed).chunks().getFirst().frames()).isEqualTo(281);
    }

    @Test
    void noChunkIsLongerThanEightSecondsWithTheReference() {
        Script script = script("nào ngon, nhai cho ngon. ".repeat(20), AlignedText.PACE);

        assertThat(script.chunks()).hasSizeGreaterThan(3);
        for (Chunk chunk : script.chunks()) {
            assertThat(chunk.frames() * 256 / 24_000.0).isLessThan(8.02);
        }
    }

    @Test
    void aReferenceThatFillsTheChunkIsRefused() {
        Pace tight = new Pace(1, 2, 0, OptionalDouble.empty());

        assertThatThrownBy(() -> script("Hai.", tight))
                .isInstanceOf(TextException.class)
                .hasMessageContaining("the reference of 2.0 s leaves no room in chunks of 2.0 s");
    }

    @Test
    void whatIsNotHeardIsReported() {
        assertThat(script("Một 5 日. (hai)", AlignedText.PACE).unread())
                .containsExactly("t", "5", "日");
    }

    @Test
    void aTextOrReferenceWithoutALetterOfTheModelIsRefused() {
        assertThatThrownBy(() -> script("日本 55", AlignedText.PACE))
                .isInstanceOf(TextException.class)
                .hasMessage("the text has no letter that this model reads");
        Reference foreign = new Reference(Passage.composed("日本"), 48_000);
        assertThatThrownBy(() -> TEXT.delivery(foreign, AlignedText.PACE))
                .hasMessage("the reference text has no letter that this model reads");
    }

    @Test
    void durationsOfAnotherVocabularyAreRefused() {
        assertThatThrownBy(() -> new AlignedText(VOCABULARY, List.of(1f)))
                .hasMessageContaining("1 durations for a vocabulary of 17 lines");
    }
}
