package dev.snug.speech.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalDouble;

/**
 * Texts, paces and vocabularies that cannot be used. The oracle is the contract: one {@link
 * TextException} that names the fault, and for what Python's readers take, their result.
 */
final class BadTextTest {
    @Test
    void textsThatNobodyCanReadAloudAreRefused() {
        refused("", "empty");
        refused(" \n\t ", "empty");
        refused("?!… -", "nothing to read aloud");
        refused("a\0b", "NUL at character 1");
        refused("ab\ud800c", "half of a surrogate pair (U+D800) at character 2");
        refused("a".repeat(10_000_000), "longer than 1048576 bytes");
        refused("ế".repeat(Passage.BYTES_MAX / 3 + 1), "longer than 1048576 bytes");
        assertThatCode(() -> new Passage("a".repeat(Passage.BYTES_MAX))).doesNotThrowAnyException();
    }

    @Test
    void pacesOutOfRangeAreRefusedByName() {
        assertThatThrownBy(() -> new Pace(-1, 15, 1, OptionalDouble.empty()))
                .isInstanceOf(TextException.class)
                .hasMessage("speed -1.0 is out of range 0.1 to 10.0");
        assertThatThrownBy(() -> new Pace(Double.NaN, 15, 1, OptionalDouble.empty()))
                .isInstanceOf(TextException.class);
        assertThatThrownBy(() -> new Pace(1, 44, 1, OptionalDouble.empty()))
                .hasMessageContaining("chunk-seconds");
        assertThatThrownBy(() -> new Pace(1, 15, 1, OptionalDouble.of(0)))
                .hasMessageContaining("fix-duration");
    }

    @Test
    void vocabulariesThatAreNoneAreRefused() {
        refusedVocabulary("".getBytes(UTF_8), "v.txt is empty");
        refusedVocabulary(new byte[] {(byte) 0xc3, 0x28, '\n'}, "v.txt is not UTF-8");
        refusedVocabulary(" \na\0\n".getBytes(UTF_8), "has a NUL");
        refusedVocabulary(" \na\nb\na\n".getBytes(UTF_8), "line 4, has the token 'a' of line 2");
        refusedVocabulary(("x".repeat(65) + "\n").getBytes(UTF_8), "line 1, has 65 characters");
        refusedVocabulary("\n".repeat(65_537).getBytes(UTF_8), "has 65537 lines");
        refusedVocabulary(new byte[(1 << 20) + 1], "larger than the 1048576 bytes");
    }

    @Test
    void anEndlessVocabularyFileIsNotReadToItsEnd(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("vocab.txt");
        try (var channel =
                Files.newByteChannel(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.position(10L << 30);
            channel.write(ByteBuffer.wrap(new byte[1]));
        }
        assertThatThrownBy(() -> Vocabulary.read(file)).isInstanceOf(TextException.class);
    }

    @Test
    void lineEndsAreReadAsPythonReadsThem() {
        for (String text :
                new String[] {" \na\nb\n", " \r\na\r\nb\r\n", " \ra\rb", "\ufeff \na\nb"}) {
            Vocabulary vocabulary = Vocabulary.parse(text.getBytes(UTF_8), "v.txt");
            assertThat(vocabulary.size()).isEqualTo(3);
            assertThat(vocabulary.characters("ba c").ids()).containsExactly(2, 1, 0, 0);
            assertThat(vocabulary.characters("ba c").unknown()).containsExactly("c");
        }
    }

    @Test
    void anEmptyLineTakesAnId() {
        Vocabulary vocabulary = Vocabulary.parse(" \n\n\na\n".getBytes(UTF_8), "v.txt");
        assertThat(vocabulary.characters("a").ids()).containsExactly(3);
    }

    private static void refused(String text, String message) {
        assertThatThrownBy(() -> new Passage(text))
                .isInstanceOf(TextException.class)
                .hasMessageContaining(message);
    }

    private static void refusedVocabulary(byte[] text, String message) {
        assertThatThrownBy(() -> Vocabulary.parse(text, "v.txt"))
                .isInstanceOf(TextException.class)
                .hasMessageContaining(message);
    }
}
