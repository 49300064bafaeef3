package dev.snug.speech.text.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Respelling by rules. The oracles are respelled.txt, reviewed by ear, and the grammar of syllables
 * for 5,500 English words and for letters at random.
 */
final class RespellingTest {
    private final Respelling respelling = new Respelling();

    @Test
    void reviewedWordsAreRespelledAsReviewed() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (String line : Cases.lines("respelled.txt")) {
            String spoken = respelling.of(Cases.left(line));
            if (!spoken.equals(Cases.right(line))) {
                wrong.add(line + ", got " + spoken);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void everyCommonEnglishWordBecomesLegalSyllables() throws IOException {
        List<String> words = Cases.lines("english-words.txt");
        assertThat(words).hasSizeGreaterThanOrEqualTo(5_000);
        List<String> wrong = new ArrayList<>();
        int syllables = 0;
        for (String word : words) {
            String spoken = respelling.of(word);
            if (!Cases.illegal(spoken).isEmpty()) {
                wrong.add(word + " ~ " + spoken);
            }
            syllables += spoken.split(" ", -1).length;
        }
        assertThat(wrong).isEmpty();
        assertThat(syllables / (double) words.size())
                .as("syllables a word: English has about 2")
                .isBetween(1.6, 2.8);
    }

    @Test
    void anyRowOfLettersBecomesLegalSyllables() {
        Random random = new Random(3);
        for (int i = 0; i < 100_000; i++) {
            StringBuilder word = new StringBuilder();
            for (int length = 1 + random.nextInt(12); length > 0; length--) {
                boolean vowel = random.nextInt(3) == 0;
                word.append(
                        vowel
                                ? "aeiouy".charAt(random.nextInt(6))
                                : (char) ('a' + random.nextInt(26)));
            }
            String spoken = respelling.of(word.toString());
            assertThat(Cases.illegal(spoken)).as(word + " ~ " + spoken).isEmpty();
        }
    }
}
