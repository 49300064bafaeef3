package dev.snug.speech.text.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The grammar of syllables. The oracles are syllables.txt, written by hand, and the rule that what
 * is spelled is read as the same syllable again.
 */
final class SyllableTest {
    @Test
    void syllablesOfTheLanguageAreReadAndOthersAreNot() throws IOException {
        List<String> wrong = new ArrayList<>();
        int seen = 0;
        for (String line : Cases.lines("syllables.txt")) {
            boolean legal = line.startsWith("ok ");
            for (String word : line.substring(3).split(" ", -1)) {
                seen++;
                if (Syllable.parse(word).isPresent() != legal) {
                    wrong.add((legal ? "not read: " : "read: ") + word);
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(seen).isGreaterThan(280);
    }

    @Test
    void marksStandWhereSchoolsPutThem() {
        Map<String, String> modern =
                Map.of(
                        "hòa", "hoà", "thúy", "thuý", "khỏe", "khoẻ", "hòan", "hoàn", "qúy", "quý",
                        "gìơ", "giờ", "NGUYỄN", "nguyễn", "của", "của", "mía", "mía", "khuỷu",
                        "khuỷu");
        modern.forEach(
                (word, spelled) ->
                        assertThat(Syllable.parse(word).orElseThrow().spelled())
                                .as(word)
                                .isEqualTo(spelled));
    }

    @Test
    void everySyllableIsReadBackInEveryToneCaseAndForm() {
        List<Syllable> all = Syllable.rising();
        assertThat(all).hasSizeBetween(2_500, 4_500);
        for (Syllable syllable : all) {
            for (Tone tone : Tone.values()) {
                if (!Syllable.isLegal(syllable.onset(), syllable.rhyme(), tone)) {
                    assertThat(Syllable.endsInStop(syllable.rhyme())).isTrue();
                    continue;
                }
                String spelled = new Syllable(syllable.onset(), syllable.rhyme(), tone).spelled();
                Syllable back = Syllable.parse(spelled).orElseThrow();
                assertThat(back.spelled()).isEqualTo(spelled);
                assertThat(back.tone()).isEqualTo(tone);
                assertThat(Syllable.parse(spelled.toUpperCase(Locale.ROOT))).contains(back);
                assertThat(Syllable.parse(Normalizer.normalize(spelled, Normalizer.Form.NFD)))
                        .contains(back);
            }
        }
    }

    @Test
    void aSyllableThatTheGrammarForbidsCannotBeMade() {
        assertThatThrownBy(() -> new Syllable("k", "a", Tone.LEVEL))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Syllable("b", "at", Tone.LEVEL))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
