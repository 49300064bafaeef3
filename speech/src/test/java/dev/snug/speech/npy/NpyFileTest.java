package dev.snug.speech.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.speech.Golden;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Files of numpy. The oracle are files that numpy 2.4 wrote (the golden arrays), byte by byte. */
final class NpyFileTest {
    private static final int MANY = 1_000_000;

    @Test
    void aFileOfNumpyIsReadAndWrittenAgainByteByByte(@TempDir Path folder) throws IOException {
        for (String name : new String[] {"noise", "vel_v1_t000_cond", "wave_v1_uniform32"}) {
            Path file = Golden.file(name + ".npy");
            NpyArray array = NpyFile.read(file, MANY);
            assertThat(array.floats()).isEqualTo(Golden.floats(name));

            Path copy = folder.resolve(name);
            NpyFile.write(copy, NpyArray.of(array.floats(), array.shape().toArray(Integer[]::new)));
            assertThat(Files.readAllBytes(copy)).isEqualTo(Files.readAllBytes(file));
        }
        assertThat(NpyFile.read(Golden.file("noise.npy"), MANY).shape()).containsExactly(269, 100);
    }

    @ParameterizedTest
    @CsvSource({"<i8, 8", "<i4, 4", "<i2, 2"})
    void wholeNumbersOfEverySizeAreRead(String descr, int bytes) throws IOException {
        ByteBuffer elements = ByteBuffer.allocate(2 * bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (long value : new long[] {-2, 300}) {
            switch (bytes) {
                case 8 -> elements.putLong(value);
                case 4 -> elements.putInt((int) value);
                default -> elements.putShort((short) value);
            }
        }
        byte[] file = file(2, header(descr, "False", "(2,)"), elements.array());

        assertThat(read(file).wholes()).containsExactly(-2, 300);
    }

    @Test
    void wholeNumbersComeBack() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        NpyFile.write(out, NpyArray.of(new int[] {7, -8, 9}, 3));

        assertThat(read(out.toByteArray()).wholes()).containsExactly(7, -8, 9);
        assertThat(out.size() % 64).isEqualTo(12);
        assertThatThrownBy(() -> NpyArray.of(new int[] {7, -8, 9}, 2, 2))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                ">f4 | False | (2,)      | elements of type '>f4'",
                "<f8 | False | (2,)      | elements of type '<f8'",
                "<U4 | False | (2,)      | elements of type '<U4'",
                "<f4 | True  | (2, 1)    | not in C order",
                "<f4 | False | (1000001,) | at most 1000000 elements",
                "<f4 | False | (99999, 99999, 99999, 99999) | at most 1000000 elements",
                "<f4 | False | (9999999999,) | a shape that is not read",
                "<f4 | False | (1,1,1,1,1,1,1,1,1) | a shape that is not read",
                "<f4 | False | (3,)      | fewer bytes",
                "<f4 | False | (1,)      | more bytes",
                "<f4 | False | (-1,)     | a header that is not read",
                "<f4 | None  | (2,)      | a header that is not read",
            })
    void whatIsNotReadIsSaid(String all, String order, String shape, String message) {
        byte[] file = file(1, header(all, order, shape), new byte[8]);

        assertThatThrownBy(() -> read(file))
                .isInstanceOf(NpyException.class)
                .hasMessageStartingWith("it ")
                .hasMessageContaining(message);
    }

    @Test
    void brokenFilesAreRefused() {
        byte[] whole = file(1, header("<f4", "False", "(2,)"), new byte[8]);
        for (int length : new int[] {0, 5, 8, 9, 11, 60}) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> read(cut)).isInstanceOf(NpyException.class);
        }
        byte[] third = whole.clone();
        third[6] = 3;
        assertThatThrownBy(() -> read(third)).hasMessageContaining("version 3");
        byte[] huge = file(2, header("<f4", "False", "(2,)"), new byte[8]);
        huge[10] = 2;
        assertThatThrownBy(() -> read(huge)).hasMessageContaining("the limit is 65536");
        assertThatThrownBy(() -> NpyFile.read(Path.of("none.npy"), MANY))
                .hasMessage("none.npy is not a regular file");
        byte[] twice = file(1, header("<f4', 'descr': '<f4", "False", "(2,)"), new byte[8]);
        assertThatThrownBy(() -> read(twice)).hasMessageContaining("header that is not read");
    }

    private static NpyArray read(byte[] file) throws IOException {
        return NpyFile.read(new ByteArrayInputStream(file), "it", MANY);
    }

    private static String header(String descr, String order, String shape) {
        return "{'descr': '%s', 'fortran_order': %s, 'shape': %s, }\n"
                .formatted(descr, order, shape);
    }

    private static byte[] file(int version, String header, byte[] elements) {
        ByteBuffer file =
                ByteBuffer.allocate(12 + header.length() + elements.length)
                        .order(ByteOrder.LITTLE_ENDIAN);
        file.put((byte) 0x93).put("NUMPY".getBytes(StandardCharsets.US_ASCII));
        file.put((byte) version).put((byte) 0);
        if (version == 1) {
            file.putShort((short) header.length());
        } else {
            file.putInt(header.length());
        }
        file.put(header.getBytes(StandardCharsets.US_ASCII)).put(elements);
        return Arrays.copyOf(file.array(), file.position());
    }
}
