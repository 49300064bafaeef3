package dev.snug.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What models are asked. The oracle is what the files hold. */
final class CompareCasesTest {
    @TempDir private Path folder;

    @Test
    void ofAFolderThePicturesAreTakenInTheOrderOfTheirNames() throws Exception {
        for (String name :
                List.of("b.PNG", "a.jpeg", "c.jpg", "notes.txt", ".hidden.png", "e.webp")) {
            Files.createFile(folder.resolve(name));
        }
        Files.createDirectory(folder.resolve("d.png"));

        CompareCases cases = CompareCases.pictures(List.of(folder));

        assertThat(cases.cases().stream().map(one -> Path.of(one.text()).getFileName().toString()))
                .containsExactly("a.jpeg", "b.PNG", "c.jpg", "e.webp");
    }

    @Test
    void anEmptyFolderAndAMissingFileAreRefused() {
        assertThatThrownBy(() -> CompareCases.pictures(List.of(folder)))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("holds no picture");
        assertThatThrownBy(() -> CompareCases.pictures(List.of(folder.resolve("no.png"))))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("no such file");
        assertThatThrownBy(() -> CompareCases.sentences(List.of(folder)))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("one text file");
    }

    @Test
    void sentencesAreLinesWithoutBlankOnesAndWithoutAByteOrderMark() throws Exception {
        Path file = folder.resolve("s.txt");
        Files.writeString(file, "\ufeffXin chào.\r\n\n   \n  Tạm biệt.  ");

        assertThat(CompareCases.sentences(List.of(file)).cases())
                .containsExactly(
                        new CompareCases.Case("Xin chào.", null),
                        new CompareCases.Case("Tạm biệt.", null));
    }

    @Test
    void tooLongTooManyOrNoTextIsRefused() throws Exception {
        Path file = folder.resolve("s.txt");
        Files.writeString(file, "a".repeat(CompareCases.SENTENCE_CHARS_MAX + 1));
        assertRefused(file, "501 characters; 500 are allowed");
        Files.writeString(file, "a\n".repeat(CompareCases.SENTENCES_MAX + 1));
        assertRefused(file, "201 sentences; 200 are allowed");
        Files.writeString(file, " \n");
        assertRefused(file, "holds no sentence");
        Files.write(file, "Xin chào".getBytes(StandardCharsets.UTF_16));
        assertRefused(file, "is not UTF-8");
    }

    private static void assertRefused(Path file, String words) {
        assertThatThrownBy(() -> CompareCases.sentences(List.of(file)))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining(words);
    }

    @Test
    void whatIsWrittenForTheOtherProcessIsRead() throws Exception {
        CompareCases cases =
                new CompareCases(
                                List.of(
                                        new CompareCases.Case("/a \"b\".png", null),
                                        new CompareCases.Case("/ấ.png", null)))
                        .explaining(Map.of(1, "mel"));
        cases.write(folder.resolve("cases.json"));

        CompareCases read = CompareCases.read(folder.resolve("cases.json"));

        assertThat(read).isEqualTo(cases);
        assertThat(read.cases().get(1).explained()).isEqualTo("mel");
    }

    @Test
    void whatIsLeftTakesAsLongAsWhatWasDone() {
        assertThat(CompareProgress.left(0, 10, 3)).isEmpty();
        assertThat(CompareProgress.left(2, 10, 3)).isEqualTo("about 12 s left");
        assertThat(CompareProgress.left(1, 11, 60)).isEqualTo("about 10 min left");
    }
}
