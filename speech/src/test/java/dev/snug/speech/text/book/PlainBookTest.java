package dev.snug.speech.text.book;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Plain text as a book. The oracle is the text itself: what is cut apart is all there. */
final class PlainBookTest {
    @TempDir private Path folder;

    private Book book(String text) throws IOException {
        return BookFile.read(Files.writeString(folder.resolve("sách.txt"), text));
    }

    static String whole(Book book) {
        return book.chapters().stream()
                .flatMap(chapter -> chapter.parts().stream())
                .map(Book.Part::text)
                .collect(Collectors.joining());
    }

    private static List<String> titles(Book book) {
        return book.chapters().stream().map(Book.Chapter::title).toList();
    }

    @Test
    void chaptersBeginAtTheirUsualHeadings() throws IOException {
        String text =
                """
                Mở trang.

                PHẦN MỘT

                Chương 1: Mưa
                Trời mưa.

                chương ii
                Trời nắng. Chương 3 của đời tôi.
                Chương 4 không sau dòng trống.

                Lời kết

                Hết.
                """;
        Book book = book(text);

        assertThat(titles(book))
                .containsExactly("sách", "PHẦN MỘT", "Chương 1: Mưa", "chương ii", "Lời kết");
        assertThat(whole(book)).isEqualTo(text);
        assertThat(book.title()).isEqualTo("sách");
    }

    @Test
    void withoutSuchHeadingsLinesInCapitalsAreOnes() throws IOException {
        Book book =
                book("BIỂN\n\nSóng vỗ.\n\nTRONG CÂU có chữ thường\n\nNÚI\n\nĐá.\n\nHẾT\nrồi.\n");
        assertThat(titles(book)).containsExactly("BIỂN", "NÚI");
        assertThat(titles(book("Một câu.\nHai câu.\n"))).containsExactly("sách");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Chương 12",
                "CHƯƠNG HAI MƯƠI",
                "Chapter IV. The Pool of Tears",
                "Part One",
                "Hồi thứ nhất: Đào viên",
                "Lời nói đầu",
                "Prologue"
            })
    void theseAreHeadings(String line) {
        assertThat(PlainOutline.isHeading(line)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Chương trình hôm nay",
                "Phần lớn mọi người",
                "Part of it",
                "Chapter 1 is where we learn that nothing in this town is what it seems.",
                "Chương 1,"
            })
    void theseAreNot(String line) {
        assertThat(PlainOutline.isHeading(line)).isFalse();
    }

    @Test
    void aLongChapterComesInPartsThatEndAtBlankLinesAndNothingIsLost() throws IOException {
        String paragraph = "Gió thổi nhẹ qua hàng cây. ".repeat(40) + "\n\n";
        String text = paragraph.repeat(200);
        Book book = book(text);

        List<Book.Part> parts = book.chapters().getFirst().parts();
        assertThat(book.chapters()).hasSize(1);
        assertThat(parts.size()).isGreaterThan(3);
        assertThat(whole(book)).isEqualTo(text);
        for (Book.Part part : parts) {
            assertThat(part.text()).endsWith("\n\n");
            assertThat(part.text().getBytes(StandardCharsets.UTF_8).length)
                    .isLessThan(2 * SlicedFile.PART_BYTES);
        }
    }

    @Test
    void aLineWithoutEndIsCutBetweenWordsAndCharacters() throws IOException {
        String words = "đường ".repeat(60_000);
        assertThat(whole(book(words))).isEqualTo(words);
        String letters = "đ".repeat(200_000);
        assertThat(whole(book(letters))).isEqualTo(letters);
    }

    @Test
    void linesThatWereWrappedByHandBecomeParagraphs() throws IOException {
        String line = "và cứ thế dòng sông trôi mãi về phía biển xa xôi kia";
        String wrapped = (line + "\n").repeat(12) + "hết đoạn.\n\nĐoạn hai.";
        assertThat(whole(book(wrapped)))
                .isEqualTo((line + " ").repeat(12) + "hết đoạn.\n\nĐoạn hai.");
        String verses = "ngắn thôi\n".repeat(20);
        assertThat(whole(book(verses))).isEqualTo(verses);
    }

    @Test
    void aByteOrderMarkIsNoText() throws IOException {
        Book book = book("\ufeffChương 1\r\n\r\nMột.\r\n");
        assertThat(titles(book)).containsExactly("Chương 1");
        assertThat(whole(book)).isEqualTo("Chương 1\r\n\r\nMột.\r\n");
    }

    @Test
    void whatIsNoTextIsRefused() throws IOException {
        Path latin = Files.write(folder.resolve("l.txt"), new byte[] {'a', (byte) 0xe9, 'b'});
        assertThatThrownBy(() -> BookFile.read(latin))
                .isInstanceOf(BookException.class)
                .hasMessageContaining("is not UTF-8");
        assertThatThrownBy(() -> book("\n— … —\n"))
                .isInstanceOf(BookException.class)
                .hasMessageContaining("nothing to read aloud");
        assertThatThrownBy(() -> BookFile.read(folder.resolve("none")))
                .hasMessageContaining("no such file");
        assertThatThrownBy(() -> BookFile.read(folder)).hasMessageContaining("is a folder");
    }
}
