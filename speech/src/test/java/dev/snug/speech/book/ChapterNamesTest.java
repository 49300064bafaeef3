package dev.snug.speech.book;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.charset.StandardCharsets;

/** Names of files from titles of strangers. The oracle is what Windows and POSIX refuse. */
final class ChapterNamesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Chương 1: Mưa | 01 - Chương 1 Mưa",
                "../../etc/passwd | 01 - .. .. etc passwd",
                "a\\b*c?\"<> | 01 - a b c",
                "Hết… | 01 - Hết…",
                "Tên. . | 01 - Tên",
                "... | 01",
                "'' | 01",
                "CON | 01 - CON",
            })
    void nothingOfATitleIsMoreThanAName(String title, String name) {
        assertThat(ChapterNames.of(1, 9, title)).isEqualTo(name);
    }

    @Test
    void numbersSortAndLongTitlesAreCutBetweenCharacters() {
        assertThat(ChapterNames.of(7, 1234, "a")).isEqualTo("0007 - a");
        String name = ChapterNames.of(1, 1, "😀ế".repeat(200));
        assertThat(name.getBytes(StandardCharsets.UTF_8).length).isBetween(140, 160);
        assertThat(name).doesNotContain("?").endsWith("ế");
        assertThat(ChapterNames.of(1, 1, "a\u0000b\u202ec\nd|")).isEqualTo("01 - a b c d");
    }
}
