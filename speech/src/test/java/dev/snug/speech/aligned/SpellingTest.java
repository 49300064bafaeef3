package dev.snug.speech.aligned;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.speech.text.Vocabulary;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** What aligned models are given to read. The oracle is pairs of written and spelled text. */
class SpellingTest {
    private static final String LETTERS =
            " ,.?!abcdeghiklmnopqrstuvxyàáâãèéêìíòóôõùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợ"
                    + "ụủứừửữựỳỵỷỹ";

    private final Spelling spelling = new Spelling(vocabulary(LETTERS));

    static Vocabulary vocabulary(String letters) {
        String lines =
                letters.codePoints()
                        .mapToObj(Character::toString)
                        .collect(Collectors.joining("\n"));
        return Vocabulary.parse(lines.getBytes(StandardCharsets.UTF_8), "test");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "Xin Chào! ~ xin chào!",
                "một; hai: ba ~ một, hai, ba",
                "một (hai) ba ~ một, hai, ba",
                "một – hai — ba ~ một, hai, ba",
                "xe-máy và - rồi ~ xe máy và, rồi",
                "thôi… rồi ~ thôi. rồi",
                "thôi... rồi?! ~ thôi. rồi?",
                "“Vâng,” ông nói. ~ vâng, ông nói.",
                "…vâng , ạ ~ vâng, ạ",
                "Ngôi sao*  sáng ~ ngôi sao sáng",
                "fax jazz web zô ~ phax giadd ueb dô",
                "日本 và 5 ~ 日本 và 5",
            })
    void writingIsSpelledAsTheModelWasTaught(String written, String spelled) {
        assertThat(spelling.of(written)).isEqualTo(spelled);
    }

    @Test
    void aLineEndsASentence() {
        assertThat(spelling.of("một\nhai,\r\n\r\nba.\nbốn")).isEqualTo("một. hai. ba. bốn");
    }

    @Test
    void decomposedLettersAreComposed() {
        assertThat(spelling.of("tie\u0302\u0301ng")).isEqualTo("tiếng");
    }

    @Test
    void aLetterOfTheVocabularyStays() {
        assertThat(new Spelling(vocabulary(LETTERS + "f")).of("fax")).isEqualTo("fax");
    }

    @Test
    void whatTheVocabularyLacksLeavesNoDoubleSpaceOrLonelyMark() {
        assertThat(spelling.known("日本, và 5 người 6.")).isEqualTo("và người.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {"xin chào ~ xin chào.", "ai? ~ ai?", "rồi! ~ rồi!", "'một,' ~ 'một,'"})
    void allThatIsSpokenEndsWithAMark(String spelled, String ended) {
        assertThat(spelling.ended(spelled)).isEqualTo(ended);
    }
}
