package dev.snug.speech.text.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.snug.speech.CpuTime;
import dev.snug.speech.text.PageExamples;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** What words are spoken as. The oracles are spoken.txt, by hand, and the grammar of syllables. */
final class ForeignWordsTest {
    private static final ForeignWords RESPELL =
            new ForeignWords(ForeignMode.RESPELL, Lexicons.NONE);

    @Test
    void wordsAreSpokenAsAPersonSaysThem() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (String line : Cases.lines("spoken.txt")) {
            String[] left = Cases.left(line).split(" \\| ", -1);
            ForeignMode mode = ForeignMode.valueOf(left[0]);
            ForeignWords words = new ForeignWords(mode, Lexicons.NONE);
            String spoken = words.spoken(left[1]).orElse("-");
            if (!spoken.equals(Cases.right(line))) {
                wrong.add(line + ", got " + spoken);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void theExamplesOfThePageAreTrue() throws IOException {
        for (String line : PageExamples.of("spoken")) {
            assertThat(RESPELL.spoken(Cases.left(line))).contains(Cases.right(line));
        }
        String lexicon = String.join("\n", PageExamples.of("lexicon"));
        assertThat(Lexicon.parse(lexicon.getBytes(UTF_8), "page").size()).isEqualTo(4);
    }

    @Test
    void theUsersLexiconCountsInEveryModeAndBeforeTheBundledOne() {
        Lexicon own = Lexicon.parse("facebook = ép bê\nngười = ngừi".getBytes(UTF_8), "own");
        for (ForeignMode mode : ForeignMode.values()) {
            ForeignWords words = new ForeignWords(mode, new Lexicons(List.of(own)));
            assertThat(words.spoken("Facebook")).contains("ép bê");
            assertThat(words.spoken("Người")).contains("ngừi");
            assertThat(words.phrases("Trên Facebook.").getFirst().spoken()).isEqualTo("ép bê");
        }
        assertThat(new ForeignWords(ForeignMode.SPELL, Lexicons.NONE).phrases("New York"))
                .isEmpty();
        assertThat(RESPELL.phrases("ở New  York nhé"))
                .containsExactly(new Lexicon.Match(2, 11, "niu oóc"));
    }

    @Test
    void withTheBundledLexiconOneFewerOfOnesOwnFits() {
        Lexicons eight = new Lexicons(Collections.nCopies(8, Lexicon.bundled()));
        assertThat(new ForeignWords(ForeignMode.KEEP, eight).phrases("a")).isEmpty();
        assertThatThrownBy(() -> new ForeignWords(ForeignMode.RESPELL, eight))
                .isInstanceOf(LexiconException.class)
                .hasMessage("9 lexicons are given; at most 8");
    }

    @Test
    void lettersHaveNamesThatAreSyllables() {
        assertThat(LetterNames.of("Đ")).contains("đê");
        assertThat(LetterNames.of("ươ")).contains("ư ơ");
        assertThat(LetterNames.of("ệ")).contains("ê");
        assertThat(LetterNames.of("")).isEmpty();
        assertThat(LetterNames.of("Ж")).isEmpty();
        for (char letter = 'a'; letter <= 'z'; letter++) {
            assertThat(Cases.illegal(LetterNames.of(String.valueOf(letter)).orElseThrow()))
                    .isEmpty();
        }
    }

    @Test
    void anyWordIsSpokenInLegalSyllablesOrLeftAlone() {
        Random random = new Random(5);
        String signs = "abcdefghijklmnopqrstuvwxyzABCDEHIMNOPTđĐưƯêếỗàÀüßéñ-'’1.😀ж ";
        int changed = 0;
        for (int i = 0; i < 100_000; i++) {
            StringBuilder word = new StringBuilder();
            for (int length = random.nextInt(9); length >= 0; length--) {
                word.append(signs.charAt(random.nextInt(signs.length())));
            }
            Optional<String> spoken = RESPELL.spoken(word.toString(), random.nextBoolean());
            changed += spoken.isPresent() ? 1 : 0;
            for (String syllable : spoken.orElse("a").split(" ", -1)) {
                boolean kept = WordKind.of(syllable, true) == WordKind.UNMARKED;
                assertThat(kept || Syllable.parse(syllable).isPresent())
                        .as(word + " ~ " + spoken)
                        .isTrue();
            }
        }
        assertThat(changed).isGreaterThan(20_000);
    }

    @Test
    void aMegabyteOfWordsTakesUnderTwoSecondsAndAnEndlessWordIsLeftAlone() throws IOException {
        List<String> words = Cases.lines("english-words.txt");
        assertThat(CpuTime.of(() -> assertThat(respelled(words)).isGreaterThan(100_000)))
                .isLessThan(Duration.ofSeconds(2));
        assertThat(RESPELL.spoken("ab".repeat(1 << 19))).isEmpty();
        assertThat(RESPELL.spoken("x-".repeat(1 << 19))).isEmpty();
    }

    /** How many words of a megabyte are spoken otherwise than they stand. */
    private static int respelled(List<String> words) {
        int spoken = 0;
        for (int characters = 0, at = 0; characters < 1 << 20; at++) {
            String word = words.get(at % words.size());
            spoken += RESPELL.spoken(word).isPresent() ? 1 : 0;
            characters += word.length() + 1;
        }
        return spoken;
    }
}
