package dev.snug.speech.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.snug.speech.StageGolden;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The text rules of F5-TTS. The oracles are F5-TTS itself (expected.json, exact) and, for the words
 * of its segmenter, rjieba 0.2.2 under convert_char_to_pinyin, which also agreed on 40,000 random
 * texts of letters, digits and marks.
 */
final class F5TextTest {
    private static final StageGolden MODELS = StageGolden.models();

    @Test
    void tokensAndIdsAreThoseOfTheOriginal() throws IOException {
        Vocabulary vocabulary = Vocabulary.read(StageGolden.file("vocab.txt"));
        assertThat(MODELS.rows("official_tokens"))
                .hasSizeGreaterThan(3)
                .allSatisfy(
                        row -> {
                            List<String> tokens = F5Text.tokens(row.text("text"));
                            assertThat(tokens).isEqualTo(row.texts("tokens"));
                            assertThat(vocabulary.tokens(tokens).ids())
                                    .isEqualTo(row.wholes("ids"));
                        });
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '~',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "giá 15.000đ, giảm 20% nhé...~giá 15.000đ, giảm 20% nhé ...",
                "chờ...xong~chờ ... xong",
                "a.b@c-d_e+f#g&h~a.b@ c-d_e+f#g&h",
                "đ20%~đ 20%",
                "ờ.,!?ng~ờ.,!? ng",
                "ờ--ng~ờ -- ng",
                "(abc)def~( abc) def",
                "đa-giác~đ a-giác",
                "ờx.5y~ờ x.5y",
                "“ờ”; ‘ng’:ng~\"ờ\", 'ng':ng",
            })
    void wordsGetASpaceWhereTheSegmenterOfTheOriginalCuts(String text, String spaced) {
        assertThat(String.join("", F5Text.tokens(text))).isEqualTo(spaced);
    }

    @Test
    void framesAndTextAreThoseOfTheOriginalRun() throws IOException {
        StageGolden run = MODELS.member("official_e2e");
        StageGolden texts = MODELS.member("case");
        Reference reference =
                new Reference(new Passage(texts.text("ref_text")), texts.whole("ref_samples"));
        Vocabulary vocabulary = Vocabulary.read(StageGolden.file("vocab.txt"));
        Chunk chunk =
                new F5Text(vocabulary)
                        .script(new Passage(texts.text("gen_text")), reference, Pace.F5)
                        .chunks()
                        .getFirst();
        assertThat(chunk.text()).isEqualTo(texts.text("gen_text"));
        assertThat(chunk.frames()).isEqualTo(run.whole("frames_total"));
        assertThat(chunk.tokens()).isEqualTo(vocabulary.tokens(run.texts("tokens")));
    }

    @Test
    void aShortTextIsSpokenSlowly() {
        // 4 s of 40 bytes and a space: 375 frames, 9.146 a byte; 9 bytes at 0.3 of the speed.
        Chunk chunk = chunk("nine char", Pace.F5);
        assertThat(chunk.frames()).isEqualTo(375 + 274);
        assertThat(chunk("ten chars.", Pace.F5).frames()).isEqualTo(375 + 91);
    }

    @Test
    void aFixedDurationIsTheWholeOne() {
        Pace fixed = new Pace(1, 22, 0, OptionalDouble.of(8));
        assertThat(chunk("ten chars.", fixed).frames()).isEqualTo(750);
    }

    @Test
    void thereIsAlwaysAFrameMoreThanTheReferenceHas() {
        Pace fixed = new Pace(1, 22, 0, OptionalDouble.of(0.5));
        assertThat(chunk("ten chars.", fixed).frames()).isEqualTo(377);
    }

    @Test
    void chunksAreWholeClausesThatFitTheBytes() {
        assertThat(F5Text.pieces("Một, hai ba. Bốn năm; sáu！bảy tám", 14))
                .containsExactly("Một, hai ba.", "Bốn năm;", "sáu！", "bảy tám");
        assertThat(F5Text.pieces("Một, hai ba.", 5)).containsExactly("Một,", "hai ba.");
    }

    @Test
    void theBytesOfAChunkFillTheSecondsThatTheReferenceLeaves() {
        // 40 bytes in 4 s, 18 s left: 10 bytes a second.
        assertThat(F5Text.bytesMax(reference(4), Pace.F5)).isEqualTo(180);
        assertThatThrownBy(() -> F5Text.bytesMax(reference(22), Pace.F5))
                .isInstanceOf(TextException.class)
                .hasMessageContaining("leaves no room");
    }

    private static Chunk chunk(String text, Pace pace) {
        Vocabulary any = Vocabulary.parse("a\n".getBytes(UTF_8), "vocab.txt");
        return new F5Text(any).script(new Passage(text), reference(4), pace).chunks().getFirst();
    }

    private static Reference reference(int seconds) {
        return new Reference(new Passage("r".repeat(40)), seconds * Reference.SAMPLE_RATE);
    }
}
