package dev.snug.speech.text.foreign;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a word is. The oracles are words.txt, by hand, and shares of common English words. */
final class WordKindTest {
    @Test
    void wordsAreOfTheKindThatAPersonSays() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (String line : Cases.lines("words.txt")) {
            String word = Cases.left(line);
            boolean amongCapitals = word.startsWith("^");
            WordKind kind = WordKind.of(amongCapitals ? word.substring(1) : word, amongCapitals);
            if (!kind.name().equals(Cases.right(line))) {
                wrong.add(line + ", got " + kind);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void fewEnglishWordsLookVietnamese() throws IOException {
        List<String> words = Cases.lines("english-words.txt");
        long foreign = words.stream().filter(word -> WordKind.of(word) == WordKind.FOREIGN).count();
        assertThat(foreign / (double) words.size()).isGreaterThan(0.93);
    }
}
