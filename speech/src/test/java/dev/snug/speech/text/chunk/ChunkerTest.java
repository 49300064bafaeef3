package dev.snug.speech.text.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.snug.speech.CpuTime;
import dev.snug.speech.text.PageExamples;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Pieces for speech. The oracles are pieces.txt, by hand, and what holds for every text: nothing is
 * lost, every piece fits, none is tiny, names and numbers stay whole.
 */
final class ChunkerTest {
    private static final List<String> WORDS =
            List.of(
                    "xin", "chào", "người", "đẹp", "học", "trường", "nghiêng", "ở", "làm", "việc",
                    "sáng", "nay", "trời", "mưa", "to", "quá", "bạn", "nhé", "và", "nhưng", "vì");

    private static double characters(String text) {
        return text.codePointCount(0, text.length());
    }

    /** As VietVoice-TTS measures: UTF-8 bytes at 15 a second, at least a second. */
    private static double bytes(String text) {
        return Math.max(1, text.getBytes(UTF_8).length / 15.0);
    }

    @Test
    void textsAreCutWhereAReaderBreathes() throws IOException {
        List<String> wrong = new ArrayList<>();
        for (String line : ClassifierTest.lines("pieces.txt")) {
            int middle = line.indexOf(" ~ ");
            double limit = Double.parseDouble(line.substring(0, middle));
            String marked = line.substring(middle + 3).replace("\\n", "\n");
            String expected = marked.replace(" | ", "|").replace("\n| ", "|").replace("+", "");
            // A plus: the cuts are where no space stood.
            boolean inside = marked.startsWith("+");
            String text = inside ? marked.replaceAll("[+| ]", "") : marked.replace("| ", "");
            String cut =
                    new Chunker(ChunkerTest::characters, limit)
                            .pieces(text).stream()
                                    .map(Piece::text)
                                    .collect(Collectors.joining("|"));
            if (!cut.equals(expected)) {
                wrong.add(line + "\n got " + cut);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void theExamplesOfThePageAreTrue() throws IOException {
        for (String line : PageExamples.of("pieces")) {
            assertThat(new Chunker(ChunkerTest::characters, 30).pieces(line.replace("| ", "")))
                    .extracting(Piece::text)
                    .containsExactly(line.split(" \\| ", -1));
        }
    }

    @Test
    void ordinaryTextsAreBalancedAndCutAtSentencesOrCommas() {
        Random random = new Random(11);
        int pieces = 0;
        int atMarks = 0;
        for (int i = 0; i < 300; i++) {
            String text = prose(random, 1 + random.nextInt(40));
            List<Piece> cut = checked(text, ChunkerTest::bytes, 15);
            double longest = cut.stream().mapToDouble(Piece::seconds).max().orElse(1);
            double shortest = cut.stream().mapToDouble(Piece::seconds).min().orElse(1);
            if (cut.size() > 1) {
                assertThat(longest / shortest).as(text).isLessThan(2.5);
            }
            for (Piece piece : cut) {
                pieces++;
                atMarks +=
                        ".,".indexOf(piece.text().charAt(piece.text().length() - 1)) >= 0 ? 1 : 0;
            }
        }
        assertThat(atMarks / (double) pieces).isGreaterThan(0.98);
    }

    private static String prose(Random random, int sentences) {
        StringBuilder text = new StringBuilder();
        for (int sentence = 0; sentence < sentences; sentence++) {
            text.append(sentence == 0 ? "Hôm" : " Hôm");
            for (int word = 3 + random.nextInt(20); word > 0; word--) {
                text.append(random.nextInt(8) == 0 && word > 1 ? ", " : " ");
                text.append(WORDS.get(random.nextInt(WORDS.size())));
            }
            text.append('.');
        }
        return text.toString();
    }

    @Test
    void namesAndNumbersStayWhole() {
        Random random = new Random(12);
        List<String> things =
                List.of(
                        "Nguyễn Văn An",
                        "Thành phố Hồ Chí Minh",
                        "1 000 000 đồng",
                        "TP. HCM",
                        "hai mươi lăm",
                        "0912 345 678",
                        "J. K. Rowling",
                        "Quận 1",
                        "một triệu hai trăm");
        for (int i = 0; i < 500; i++) {
            StringBuilder text = new StringBuilder("xin");
            List<String> used = new ArrayList<>();
            for (int part = 3 + random.nextInt(30); part > 0; part--) {
                boolean thing = random.nextInt(4) == 0;
                String next =
                        thing
                                ? things.get(random.nextInt(things.size()))
                                : WORDS.get(random.nextInt(WORDS.size()));
                text.append(thing ? " ở " : " ").append(next).append(thing ? " kia" : "");
                if (thing) {
                    used.add(next.startsWith("Thành") ? "Hồ Chí Minh" : next);
                }
            }
            List<Piece> pieces =
                    checked(text.toString(), ChunkerTest::characters, 30 + random.nextInt(60));
            String cut = pieces.stream().map(Piece::text).collect(Collectors.joining("|"));
            used.forEach(thing -> assertThat(cut).contains(thing));
        }
    }

    @Test
    void bordersEndPiecesWhateverFits() {
        Chunker chunker = new Chunker(ChunkerTest::characters, 100);
        assertThat(chunker.pieces("một hai ba", List.of(3, 3, 7)))
                .containsExactly(
                        new Piece("một", 0, 3, 3),
                        new Piece("hai", 4, 7, 3),
                        new Piece("ba", 8, 10, 2));
        assertThat(chunker.pieces(" \n\t", List.of(1))).isEmpty();
        assertThat(chunker.pieces("")).isEmpty();
        assertThatThrownBy(() -> chunker.pieces("abc", List.of(4)))
                .hasMessage("border 4 lies before 0 or behind the text of 3 chars");
        assertThatThrownBy(() -> chunker.pieces("abc", List.of(2, 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aMeasureOrLimitThatIsNoneIsRefused() {
        assertThatThrownBy(() -> new Chunker(ChunkerTest::characters, Double.NaN))
                .hasMessage("no limit of a piece: NaN s");
        assertThatThrownBy(() -> new Chunker(ChunkerTest::characters, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Chunker(text -> -1, 5).pieces("abc"))
                .hasMessage("the measure gives -1.0 s for 3 chars");
    }

    @Test
    void anyTextIsCutWithoutLossAndFits() {
        Random random = new Random(13);
        String signs = "aB1ếữ .,!?;:–-\"'()\n\t…。、字👍🏽\u0301\u200d\u00a0";
        for (int i = 0; i < 100_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(60); length > 0; length--) {
                int at = random.nextInt(signs.length());
                text.append(random.nextInt(4) == 0 ? ' ' : signs.charAt(at));
            }
            checked(text.toString(), ChunkerTest::characters, 5 + random.nextInt(20));
        }
    }

    /** The pieces, checked: in order, nothing lost, each within the limit or one character. */
    private static List<Piece> checked(String text, ToDoubleFunction<String> measure, double most) {
        List<Piece> pieces = new Chunker(measure, most).pieces(text);
        int end = 0;
        StringBuilder kept = new StringBuilder();
        for (Piece piece : pieces) {
            assertThat(piece.start()).isGreaterThanOrEqualTo(end);
            end = piece.end();
            assertThat(piece.text()).isEqualTo(text.substring(piece.start(), end)).isNotBlank();
            boolean single = piece.text().split("\\b{g}", -1).length <= 1;
            assertThat(single || piece.seconds() <= most).as(text).isTrue();
            assertThat(piece.seconds()).isEqualTo(measure.applyAsDouble(piece.text()));
            kept.append(piece.text());
        }
        assertThat(withoutSpace(kept.toString())).isEqualTo(withoutSpace(text));
        return pieces;
    }

    private static String withoutSpace(String text) {
        StringBuilder kept = new StringBuilder();
        text.chars().filter(each -> !Gap.isSpace((char) each)).forEach(c -> kept.append((char) c));
        return kept.toString();
    }

    @Test
    void aMegabyteOfAnyShapeTakesUnderTwoSeconds() {
        List<String> shapes =
                List.of(
                        "a",
                        "a ",
                        " ",
                        "ab. ",
                        "Anh ",
                        "1 ",
                        "A. ",
                        "ế",
                        "👍🏽",
                        "。",
                        "một hai, ",
                        "\n",
                        "-\n",
                        "“”",
                        "Xin chào các bạn. ",
                        ".");
        for (String shape : shapes) {
            String text = shape.repeat((1 << 20) / shape.length());
            List<Piece> pieces = new ArrayList<>();
            Chunker chunker = new Chunker(ChunkerTest::bytes, 20);
            assertThat(CpuTime.of(() -> pieces.addAll(chunker.pieces(text))))
                    .as(shape)
                    .isLessThan(Duration.ofSeconds(2));
            assertThat(pieces.stream().allMatch(piece -> piece.seconds() <= 20)).isTrue();
        }
    }
}
