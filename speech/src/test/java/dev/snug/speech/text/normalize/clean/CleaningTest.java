package dev.snug.speech.text.normalize.clean;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.text.Normalizer;

/**
 * Cleaning of characters. The oracles are java.text's normal forms, and written pairs where Snug
 * goes further.
 */
final class CleaningTest {
    private static final String TEXT = "Đường Nguyễn Huệ, thuở ấy: lỗ chỗ ngõ hẻm, 50.000₫ (ước)";

    @Test
    void decomposedTextIsComposed() {
        assertThat(clean(Normalizer.normalize(TEXT, Normalizer.Form.NFD))).isEqualTo(TEXT);
        assertThat(clean(TEXT)).isEqualTo(TEXT);
    }

    @ParameterizedTest
    @CsvSource({
        "a\u0301\u0302, ấ",
        "o\u0323\u031b, ợ",
        "u\u0309\u031b, ử",
        "ê\u0303, ễ",
        "á\u0306, ắ",
        "e\u0300\u0302\u0334, ề"
    })
    void marksInAnyOrderMakeTheSameLetter(String written, String letter) {
        assertThat(clean(written)).isEqualTo(letter);
    }

    @ParameterizedTest
    @CsvSource({
        "Ｎａｍ １２％, Nam 12%",
        "𝐀𝟏 𝓫, A1 b",
        "ﬁnish, finish",
        "５㎏, 5kg",
        "Ⅷ, VIII",
        "½, 1/2",
        "2½, 2 1/2",
        "37℃, 37°C",
        "25º, 25°",
        "H₂O, H2O",
        "m², m²",
        "٣, 3",
        "−5, -5",
        "1⁄2, 1/2"
    })
    void compatibleCharactersBecomePlainOnes(String written, String plain) {
        assertThat(clean(written)).isEqualTo(plain);
    }

    @Test
    void lookAlikesAreReadAsLatinInsideLatinWordsOnly() {
        assertThat(clean("Ngoc Аnh, Hа Nội, СOVID")).isEqualTo("Ngoc Anh, Ha Nội, COVID");
        assertThat(clean("Москва")).isEqualTo("Москва");
    }

    @Test
    void whatCannotBeSeenIsGone() {
        assertThat(clean("\ufeffto\u200bá\u00adn\u200e \u202ahọc\u202c\ufe0f\u0000"))
                .isEqualTo("toán học");
        assertThat(clean("1\u00a0500\u202f000\u3000đ")).isEqualTo("1 500 000 đ");
    }

    @Test
    void lineEndsAreOneKind() {
        assertThat(clean("a\r\nb\rc\u2028d\u0085e")).isEqualTo("a\nb\nc\nd\ne");
    }

    @Test
    void everyCharacterLeadsBackToWhatItCameFrom() {
        String written = "a\u0301\u0302 ㎏\u200bx";
        CleanText clean = Cleaning.of(written);

        assertThat(text(clean)).isEqualTo("ấ kgx");
        assertThat(back(written, clean, 0, 1)).isEqualTo("a\u0301\u0302");
        assertThat(back(written, clean, 2, 4)).isEqualTo("㎏\u200b");
        assertThat(back(written, clean, 4, 5)).isEqualTo("x");
    }

    private static String back(String written, CleanText clean, int from, int to) {
        return written.substring(clean.writtenFrom(from), clean.writtenTo(to));
    }

    private static String clean(String written) {
        return text(Cleaning.of(written));
    }

    private static String text(CleanText clean) {
        char[] characters = new char[clean.length()];
        clean.copy(0, clean.length(), characters);
        return new String(characters);
    }
}
