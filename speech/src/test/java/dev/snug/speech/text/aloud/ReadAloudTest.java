package dev.snug.speech.text.aloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.speech.StageGolden;
import dev.snug.speech.text.Chunk;
import dev.snug.speech.text.F5Text;
import dev.snug.speech.text.FamilyText;
import dev.snug.speech.text.Pace;
import dev.snug.speech.text.Passage;
import dev.snug.speech.text.Reference;
import dev.snug.speech.text.Script;
import dev.snug.speech.text.TextException;
import dev.snug.speech.text.VietVoiceText;
import dev.snug.speech.text.Vocabulary;
import dev.snug.speech.text.foreign.ForeignMode;
import dev.snug.speech.text.foreign.ForeignWords;
import dev.snug.speech.text.foreign.Lexicon;
import dev.snug.speech.text.foreign.Lexicons;
import dev.snug.speech.text.markup.MarkupException;
import dev.snug.speech.text.normalize.spoken.Profile;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * From written text to chunks. The readings themselves are tested with the normaliser, cuts with
 * the chunker; here it is what arrives, and that lengths are those of the family's own rule.
 */
class ReadAloudTest {
    private static final Reference REFERENCE =
            new Reference(new Passage("Chương hai, con đường trở về nhà."), 56_256);

    private FamilyText vietVoice;
    private FamilyText f5;

    @BeforeEach
    void readVocabulary() throws IOException {
        Vocabulary vocabulary = Vocabulary.read(StageGolden.file("vocab.txt"));
        vietVoice = new VietVoiceText(vocabulary);
        f5 = new F5Text(vocabulary);
    }

    @Test
    void numbersAndSignsArriveAsWords() {
        assertThat(texts(script(vietVoice, "Ngày 15/8 giá 50.000đ/kg.")))
                .containsExactly("Ngày mười lăm tháng tám giá năm mươi nghìn đồng một ki lô gam.");
    }

    @Test
    void aPieceHasTheTokensAndTheLengthOfTheFamilysOwnRule() {
        String words = "Trời hôm nay đẹp quá.";
        for (FamilyText family : List.of(vietVoice, f5)) {
            Chunk alone =
                    family.script(new Passage(words), REFERENCE, Pace.VIETVOICE)
                            .chunks()
                            .getFirst();
            assertThat(script(family, words).chunks()).containsExactly(alone);
        }
    }

    @Test
    void aPauseEndsAChunkAndIsSilenceBehindIt() {
        Script script = script(vietVoice, "[pause 1s] Một hai ba. [pause 500ms] Bốn năm sáu.");
        assertThat(texts(script)).containsExactly("Một hai ba.", "Bốn năm sáu.");
        assertThat(script.leadMilliseconds()).isEqualTo(1000);
        assertThat(script.chunks()).extracting(Chunk::pauseMilliseconds).containsExactly(500, 0);
        assertThat(script.chunks()).extracting(Chunk::isEnd).containsExactly(true, false);
    }

    @Test
    void aRateChangesTheLengthOfItsWordsOnly() {
        String slow = "<prosody rate=\"50%\">Một hai ba bốn năm sáu.</prosody> Bảy tám chín mười.";
        List<Chunk> chunks = script(vietVoice, slow).chunks();
        List<Chunk> usual =
                script(vietVoice, "Một hai ba bốn năm sáu. [pause 1ms] Bảy tám chín mười.")
                        .chunks();
        int reference = REFERENCE.frames();
        assertThat(chunks).hasSize(2);
        assertThat(chunks.get(0).frames() - reference)
                .isBetween(
                        2 * (usual.get(0).frames() - reference) - 2,
                        2 * (usual.get(0).frames() - reference) + 2);
        assertThat(chunks.get(1).frames()).isEqualTo(usual.get(1).frames());
    }

    @Test
    void chunksFitTheSecondsOfAChunk() {
        String text = "Buổi chiều, gió thổi nhẹ qua hàng cây xanh, ngày 2/9/2024. ".repeat(20);
        Pace pace = new Pace(1, 6, 1, Pace.VIETVOICE.fixedSeconds());
        for (FamilyText family : List.of(vietVoice, f5)) {
            Script script = front(family).script(new Passage(text), REFERENCE, pace);
            assertThat(script.chunks()).hasSizeGreaterThan(10);
            assertThat(script.chunks()).allMatch(chunk -> chunk.frames() * 256 / 24_000.0 <= 6.03);
            assertThat(String.join(" ", texts(script))).contains("ngày hai tháng chín năm");
        }
    }

    @Test
    void whatAWriterSaysOfAWordIsObeyed() {
        String written = "Ngày <say-as interpret-as=\"date\" format=\"dm\">15/8</say-as> hết.";
        assertThat(texts(script(vietVoice, written)))
                .containsExactly("Ngày mười lăm tháng tám hết.");
    }

    @Test
    void aLexiconIsAskedBeforeAnyRule() {
        Lexicon lexicon =
                Lexicon.parse(
                        "Snug = xờ nắc\nTP 5 = thành phố năm\n".getBytes(StandardCharsets.UTF_8),
                        "words.txt");
        ForeignWords words = new ForeignWords(ForeignMode.RESPELL, new Lexicons(List.of(lexicon)));
        ReadAloud front = new ReadAloud(new SpokenText(Profile.DEFAULT, words, true), vietVoice);
        assertThat(texts(front.script(new Passage("Snug ở TP 5."), REFERENCE, Pace.VIETVOICE)))
                .containsExactly("xờ nắc ở thành phố năm.");
    }

    @Test
    void whatIsNotSaidIsReported() {
        assertThat(script(vietVoice, "Một 世 hai.").unread()).contains("世");
    }

    @Test
    void withoutMarksBracketsAreText() {
        ReadAloud plain =
                new ReadAloud(new SpokenText(Profile.DEFAULT, respelled(), false), vietVoice);
        Script script = plain.script(new Passage("Một [pause 1s] hai."), REFERENCE, Pace.VIETVOICE);
        assertThat(script.chunks()).hasSize(1);
        assertThat(script.chunks().getFirst().pauseMilliseconds()).isZero();
    }

    @Test
    void aBrokenMarkIsAnErrorWithItsPlace() {
        assertThatThrownBy(() -> script(vietVoice, "Một\nhai [pause 99h] ba."))
                .isInstanceOf(MarkupException.class)
                .hasMessageContaining("line 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[pause 1s]", "<break time=\"1s\"/> …", "世界"})
    void aTextOfWhichNothingIsSaidIsRefused(String text) {
        assertThatThrownBy(() -> script(vietVoice, text)).isInstanceOf(TextException.class);
    }

    private static List<String> texts(Script script) {
        return script.chunks().stream().map(Chunk::text).toList();
    }

    private static ForeignWords respelled() {
        return new ForeignWords(ForeignMode.RESPELL, Lexicons.NONE);
    }

    private static ReadAloud front(FamilyText family) {
        return new ReadAloud(new SpokenText(Profile.DEFAULT, respelled(), true), family);
    }

    private static Script script(FamilyText family, String text) {
        return front(family).script(new Passage(text), REFERENCE, Pace.VIETVOICE);
    }
}
