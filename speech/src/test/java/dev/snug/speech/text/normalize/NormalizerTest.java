package dev.snug.speech.text.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.speech.text.normalize.rule.SemioticClass;
import dev.snug.speech.text.normalize.spoken.Profile;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a caller gets beside the words. The oracle is issue 7. */
final class NormalizerTest {
    private final Normalizer normalizer = Normalizer.of(Profile.DEFAULT);

    @Test
    void explainShowsWhatReadWhat() {
        assertThat(normalizer.explain("Giá 50.000đ từ 15/8 (−5%) ở TP. HCM"))
                .containsExactly(
                        new Reading("50.000đ", SemioticClass.MONEY, "năm mươi nghìn đồng"),
                        new Reading("15/8", SemioticClass.DATE, "ngày mười lăm tháng tám"),
                        new Reading("−5%", SemioticClass.PERCENT, "âm năm phần trăm"),
                        new Reading(
                                "TP. HCM", SemioticClass.ABBREVIATION, "thành phố Hồ Chí Minh"));
    }

    @Test
    void everyWordHasItsPlaceInTheWrittenText() {
        String written = "Lu\u0301c  8h30,\u200b U\u0301t đi";
        Normalized normalized = normalizer.normalize(written);
        List<String> pairs = new ArrayList<>();
        for (Span span : normalized.spans()) {
            pairs.add(
                    written.substring(span.writtenFrom(), span.writtenTo())
                            + "="
                            + normalized.spoken().substring(span.spokenFrom(), span.spokenTo()));
        }

        assertThat(normalized.spoken()).isEqualTo("Lúc tám giờ ba mươi phút, Út đi");
        assertThat(pairs)
                .containsExactly(
                        "Lu\u0301c=Lúc", "8h30=tám giờ ba mươi phút", "U\u0301t=Út", "đi=đi");
    }

    @Test
    void foreignWordsAreAskedAfterAllClasses() {
        List<String> asked = new ArrayList<>();
        ForeignWords words =
                word -> {
                    asked.add(word);
                    return Optional.ofNullable(Map.of("iPhone", "ai phôn").get(word));
                };
        Normalized normalized =
                Normalizer.of(Profile.DEFAULT, words).normalize("Mua iPhone 15 và Laptop, USB 5kg");

        assertThat(asked).containsExactly("iPhone", "Laptop");
        assertThat(normalized.spoken())
                .isEqualTo("Mua ai phôn mười lăm và Laptop, u ét bê năm ki lô gam");
        assertThat(normalized.readings().getFirst())
                .isEqualTo(new Reading("iPhone", SemioticClass.FOREIGN, "ai phôn"));
    }

    @Test
    void whatForeignWordsAnswerIsHeldToSpeakableLetters() {
        ForeignWords words = _ -> Optional.of("x1<b>ö");

        assertThat(Normalizer.of(Profile.DEFAULT, words).normalize("web").spoken())
                .isEqualTo("xbo");
    }

    @Test
    void linesBecomeSentences() {
        assertThat(normalizer.normalize("Tin mới\n\n- Một\r\n- Hai;\nHết").spoken())
                .isEqualTo("Tin mới. Một. Hai; Hết");
    }

    @Test
    void aLongLineIsReadAsOneText() {
        String sentence = "Hôm nay có 1.234 người đến lúc 8h30. ";
        String spoken = normalizer.normalize(sentence.repeat(2_000)).spoken();

        assertThat(spoken)
                .isEqualTo(
                        "Hôm nay có một nghìn hai trăm ba mươi tư người đến lúc tám giờ ba mươi phút. "
                                .repeat(2_000)
                                .strip());
    }

    @Test
    void nothingIsSaidForNothing() {
        assertThat(normalizer.normalize("").spoken()).isEmpty();
        assertThat(normalizer.normalize(" \n ... \" -- ").spoken()).isEmpty();
    }
}
