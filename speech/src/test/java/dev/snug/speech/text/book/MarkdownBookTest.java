package dev.snug.speech.text.book;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Markdown as a book. The oracle is what CommonMark 0.31 says is text. */
final class MarkdownBookTest {
    @TempDir private Path folder;

    private Book book(String text) throws IOException {
        return BookFile.read(Files.writeString(folder.resolve("a.md"), text));
    }

    private static List<String> titles(Book book) {
        return book.chapters().stream().map(Book.Chapter::title).toList();
    }

    @Test
    void onlyWhatIsReadAloudIsLeft() {
        String markdown =
                """
                Chữ *nghiêng*, **đậm**, `mã` và [liên kết](http://a.b/c "x")
                trên hai dòng.<br>Ba. <b>thẻ</b> &amp; &eacute;

                ![một con mèo](cat.png)

                - một
                - hai
                  1. ba

                > trích

                ```java
                int x;
                ```

                    thụt vào

                <!-- ẩn -->

                <div>khối</div>

                | tên | tuổi |
                |-----|-----:|
                | An  | 5    |

                ***
                [ref]: http://x.y
                """;
        assertThat(MarkdownText.of(markdown))
                .isEqualTo(
                        """
                        Chữ nghiêng, đậm, mã và liên kết trên hai dòng.
                        Ba. thẻ & é

                        một con mèo

                        một
                        hai
                        ba

                        trích

                        tên, tuổi
                        An, 5

                        """);
    }

    @Test
    void chaptersAreTheHighestHeadingsThatAreSeveral() throws IOException {
        Book book =
                book(
                        """
                        # Sách

                        Lời đầu.

                        ## *Một* #
                        ### Mục
                        A.

                        ```
                        ## không
                        ```

                        Hai
                        ---
                        Xem [đây][ref].

                        [ref]: http://x.y
                        """);
        assertThat(titles(book)).containsExactly("Sách", "Một", "Hai");
        assertThat(book.title()).isEqualTo("Sách");
        assertThat(PlainBookTest.whole(book))
                .isEqualTo("Sách\n\nLời đầu.\n\nMột\n\nMục\n\nA.\n\nHai\n\nXem đây.\n\n");
    }

    @Test
    void frontMatterSaysTheTitleAndIsNotRead() throws IOException {
        Book book =
                book(
                        """
                        ---
                        title: "Tên sách"
                        date: 2024
                        ---
                        # A

                        x

                        ---

                        y

                        # B

                        z
                        """);
        assertThat(book.title()).isEqualTo("Tên sách");
        assertThat(titles(book)).containsExactly("A", "B");
        assertThat(PlainBookTest.whole(book)).isEqualTo("A\n\nx\n\ny\n\nB\n\nz\n\n");
        assertThat(PlainBookTest.whole(book("---\nchưa đóng\n"))).isEqualTo("chưa đóng\n\n");
    }
}
