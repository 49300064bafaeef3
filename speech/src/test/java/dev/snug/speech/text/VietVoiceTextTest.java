package dev.snug.speech.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.snug.speech.StageGolden;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The text rules of VietVoice-TTS. The oracle is VietVoice-TTS itself: golden.json has the results
 * of its text functions, expected.json what its engine fed to the model; all exact.
 */
final class VietVoiceTextTest {
    private static final StageGolden FUNCTIONS = StageGolden.functions();

    @Test
    void textsAreCleanedAsByTheOriginal() {
        assertThat(FUNCTIONS.rows("clean"))
                .hasSizeGreaterThan(9)
                .allSatisfy(
                        row ->
                                assertThat(VietVoiceText.clean(row.text("in")))
                                        .isEqualTo(row.text("out")));
    }

    @Test
    void lengthsAreThoseOfTheOriginal() {
        assertThat(FUNCTIONS.rows("length"))
                .hasSizeGreaterThan(9)
                .allSatisfy(
                        row ->
                                assertThat(VietVoiceText.length(row.text("in")))
                                        .isEqualTo(row.whole("out")));
    }

    @Test
    void textsAreCutAsByTheOriginal() {
        assertThat(FUNCTIONS.rows("chunk"))
                .hasSizeGreaterThan(6)
                .allSatisfy(
                        row ->
                                assertThat(Cutting.pieces(row.text("in"), row.whole("max_chars")))
                                        .isEqualTo(row.texts("out")));
    }

    @Test
    void charactersGetTheIdsOfTheOriginal() throws IOException {
        Vocabulary small = Vocabulary.read(StageGolden.file("text/vocab_small.txt"));
        assertThat(FUNCTIONS.rows("ids"))
                .isNotEmpty()
                .allSatisfy(
                        row ->
                                assertThat(small.characters(row.text("in")).ids())
                                        .isEqualTo(row.wholes("out")));
        assertThat(small.characters("Xin chào ạ~^~").unknown()).containsExactly("~", "^");
    }

    @Test
    void durationsAreThoseOfTheOriginal() {
        Vocabulary any = Vocabulary.parse("a\n".getBytes(UTF_8), "vocab.txt");
        for (StageGolden row : FUNCTIONS.rows("duration")) {
            Reference reference =
                    reference(sentence(row.whole("ref_bytes")), row.whole("ref_samples"));
            Pace pace = new Pace(row.number("speed"), 40, 1, OptionalDouble.empty());
            Script script =
                    new VietVoiceText(any)
                            .script(new Passage(sentence(row.whole("bytes"))), reference, pace);
            assertThat(script.chunks())
                    .singleElement()
                    .extracting(Chunk::frames)
                    .isEqualTo(row.whole("frames"));
        }
    }

    @Test
    void chunksIdsAndFramesAreThoseOfTheOriginalEngine() throws IOException {
        VietVoiceText front = new VietVoiceText(Vocabulary.read(StageGolden.file("vocab.txt")));
        for (StageGolden run : StageGolden.models().rows("vietvoice_e2e")) {
            List<StageGolden> wanted = run.rows("chunks");
            Pace pace =
                    new Pace(
                            run.number("speed"),
                            run.number("max_chunk_duration"),
                            run.number("min_target_duration"),
                            OptionalDouble.empty());
            Reference reference =
                    reference(run.text("ref_text"), wanted.getFirst().whole("ref_samples"));
            Script script = front.script(new Passage(run.text("text")), reference, pace);

            assertThat(reference.frames()).isEqualTo(wanted.getFirst().whole("ref_signal_len"));
            assertThat(script.unread()).isEmpty();
            assertThat(script.chunks()).extracting(Chunk::text).isEqualTo(run.texts("chunk_texts"));
            assertThat(script.chunks())
                    .extracting(chunk -> chunk.tokens().ids())
                    .containsExactlyElementsOf(
                            wanted.stream().map(chunk -> chunk.wholes("text_ids")).toList());
            assertThat(script.chunks())
                    .extracting(Chunk::frames)
                    .containsExactlyElementsOf(
                            wanted.stream().map(chunk -> chunk.whole("frames_total")).toList());
        }
    }

    @Test
    void aComposedPassageKeepsTheMarksOfADecomposedText() {
        String decomposed = "Tie\u0302\u0301ng Vie\u0323\u0302t";
        assertThat(VietVoiceText.clean(Passage.composed(decomposed).text()))
                .isEqualTo("Tiếng Việt.");
        assertThat(VietVoiceText.clean(new Passage(decomposed).text())).isNotEqualTo("Tiếng Việt.");
    }

    @Test
    void charactersThatWillNotBeHeardAreNamed() throws IOException {
        VietVoiceText front =
                new VietVoiceText(Vocabulary.read(StageGolden.file("text/vocab_small.txt")));
        Script script =
                front.script(
                        new Passage("một — \"hai\" € 中 w"),
                        reference("xin chào bạn", 48_000),
                        Pace.VIETVOICE);
        assertThat(script.unread()).containsExactly("€", "中", "ộ");
    }

    @Test
    void aReferenceAsLongAsTheChunkIsRefusedWithTheRemedy() throws IOException {
        VietVoiceText front = new VietVoiceText(Vocabulary.read(StageGolden.file("vocab.txt")));
        Reference long15 = reference("một hai ba", 15 * Reference.SAMPLE_RATE);
        assertThatThrownBy(() -> front.script(new Passage("bốn năm"), long15, Pace.VIETVOICE))
                .isInstanceOf(TextException.class)
                .hasMessageContaining("15.0 s leaves no room")
                .hasMessageContaining("--chunk-seconds");
    }

    @Test
    void aTextOfOtherScriptsOnlyIsRefused() throws IOException {
        VietVoiceText front = new VietVoiceText(Vocabulary.read(StageGolden.file("vocab.txt")));
        assertThatThrownBy(
                        () ->
                                front.script(
                                        new Passage("你好"),
                                        reference("một hai ba", 48_000),
                                        Pace.VIETVOICE))
                .isInstanceOf(TextException.class)
                .hasMessageContaining("no Latin or Vietnamese letter");
    }

    @Test
    void aSpeedThatLeavesFewerFramesThanTokensIsRefused() throws IOException {
        VietVoiceText front = new VietVoiceText(Vocabulary.read(StageGolden.file("vocab.txt")));
        Pace fast = new Pace(10, 15, 0, OptionalDouble.empty());
        assertThatThrownBy(
                        () ->
                                front.script(
                                        new Passage("một hai ba bốn năm sáu bảy ".repeat(8)),
                                        reference("m".repeat(200), 24_000),
                                        fast))
                .isInstanceOf(TextException.class)
                .hasMessageContaining("Lower --speed");
    }

    private static Reference reference(String text, int samples) {
        return new Reference(new Passage(text), samples);
    }

    /** A cleaned text of so many bytes. */
    private static String sentence(int bytes) {
        return "a".repeat(bytes - 1) + ".";
    }
}
