package dev.snug.speech.text.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.snug.speech.CpuTime;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Lexicon files and where their entries fit. The oracle is the contract of {@link Lexicon}. */
final class LexiconTest {
    private static Lexicon of(String text) {
        return Lexicon.parse(text.getBytes(UTF_8), "words.txt");
    }

    private static String read(String text, Lexicon... lexicons) {
        return new Lexicons(List.of(lexicons))
                .matches(text).stream()
                        .map(
                                match ->
                                        text.substring(match.start(), match.end())
                                                + "="
                                                + match.spoken())
                        .collect(Collectors.joining(" "));
    }

    @Test
    void commentsEmptyLinesAndEveryLineEndAreRead() {
        Lexicon lexicon = of("\ufeff# đầu\r\n\r\n c# = xi sáp \rGPU=gi pi u\n\n  # cuối\na b=c=d");
        assertThat(lexicon.size()).isEqualTo(3);
        assertThat(read("C# và GPU, a b", lexicon)).isEqualTo("C#=xi sáp GPU=gi pi u a b=c=d");
        assertThat(of("").size()).isZero();
    }

    @Test
    void theLongestEntryFitsAndOnlyWholeWords() {
        Lexicon lexicon = of("new = mới\nnew york = niu oóc\nnew york times = báo\nc++ = xi cộng");
        assertThat(read("New York Timesy new york", lexicon))
                .isEqualTo("New York=niu oóc new york=niu oóc");
        assertThat(read("newyork renew new-york new", lexicon)).isEqualTo("new=mới new=mới");
        assertThat(read("New \n York.", lexicon)).isEqualTo("New \n York=niu oóc");
        assertThat(read("C++, c+", lexicon)).isEqualTo("C++=xi cộng");
    }

    @Test
    void capitalsInAnEntryAskForCapitals() {
        Lexicon lexicon = of("US = Hoa Kỳ\nit = nó\nIT = ai ti");
        assertThat(read("US us Us IT It it", lexicon)).isEqualTo("US=Hoa Kỳ IT=ai ti It=nó it=nó");
    }

    @Test
    void composedAndDecomposedFormsAreOne() {
        Lexicon lexicon = of("cafe\u0301 = cà phê");
        assertThat(read("CAFÉ cafe\u0301", lexicon)).isEqualTo("CAFÉ=cà phê cafe\u0301=cà phê");
    }

    @Test
    void theLastOfSeveralLexiconsCountsButALongerEntryMore() {
        Lexicon server = of("vn = việt nam\nvn index = chỉ số");
        Lexicon call = of("vn = vê nờ");
        assertThat(read("vn, vn index", server, call)).isEqualTo("vn=vê nờ vn index=chỉ số");
        assertThat(read("vn", call, server)).isEqualTo("vn=việt nam");
        assertThat(new Lexicons(List.of(server, call)).spoken("VN")).contains("vê nờ");
        assertThat(new Lexicons(List.of(server)).spoken("vn index 5")).isEmpty();
    }

    @Test
    void brokenFilesAreRefusedWithTheLine() {
        refused("a = b\nfacebook", "words.txt, line 2: expected written = spoken, found no '='");
        refused("= b", "words.txt, line 1: the written form is empty");
        refused("\n\na =  ", "words.txt, line 3: the spoken form is empty");
        refused("a = b\n\nA = c\na = d", "words.txt, line 4: 'a' stands in line 1 already");
        refused("x".repeat(101) + " = b", "the written form has 101 characters; at most 100");
        refused("a = " + "b".repeat(501), "the spoken form has 501 characters; at most 500");
        refused("- ".repeat(17) + "= b", "17 words and signs; at most 16");
        refused("a\0b = c", "the written form has a control character");
        refused("\n".repeat(20_001), "words.txt has more than 20000 lines; divide it");
        byte[] latin = "a = b\né = c".getBytes(ISO_8859_1);
        assertThatThrownBy(() -> Lexicon.parse(latin, "words.txt"))
                .hasMessage("words.txt, line 2: this is not UTF-8; save the file as UTF-8");
        assertThatThrownBy(() -> Lexicon.parse(new byte[(1 << 20) + 1], "words.txt"))
                .hasMessage("words.txt has 1048577 bytes; a lexicon has at most 1048576");
    }

    private static void refused(String text, String message) {
        assertThatThrownBy(() -> of(text))
                .isInstanceOf(LexiconException.class)
                .hasMessageContaining(message);
    }

    @Test
    void aMegabyteOfAnyShapeTakesUnderTwoSeconds() {
        String deep =
                IntStream.rangeClosed(1, 16)
                        .mapToObj(count -> "a ".repeat(count) + "= x" + count)
                        .collect(Collectors.joining("\n"));
        Lexicons all = new Lexicons(List.of(Lexicon.bundled(), of(deep), of("c = d")));
        List<String> shapes = List.of("a ", "a", "a a b ", "+", "A\u0301", " ", "😀", "facebook ");
        for (String shape : shapes) {
            String text = shape.repeat((1 << 20) / shape.length());
            assertThat(CpuTime.of(() -> assertThat(all.matches(text)).isNotNull()))
                    .as(shape)
                    .isLessThan(Duration.ofSeconds(2));
        }
    }

    @Test
    void theBundledLexiconIsLegalAndLeavesVietnameseWordsAlone() {
        List<String> wrong = new ArrayList<>();
        for (String line : BundledTable.lines("lexicon.txt")) {
            String written = line.substring(0, line.indexOf('=')).strip();
            String spoken = line.substring(line.indexOf('=') + 1).strip();
            Cases.illegal(spoken).forEach(syllable -> wrong.add(line + ": " + syllable));
            boolean anyCase = written.codePoints().noneMatch(Character::isUpperCase);
            if (anyCase && Cases.illegal(written).isEmpty()) {
                wrong.add(line + ": a Vietnamese word");
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(Lexicon.bundled().size()).isGreaterThan(700);
    }
}
