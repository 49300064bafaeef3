package dev.snug.speech.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.onnx.ElementType;
import dev.snug.onnx.Tensor;
import dev.snug.speech.Golden;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/**
 * Files with one fault each are refused by name of the fault. The oracle is the section "Format" of
 * the README of huggingface/safetensors; the golden checkpoint was written by its own library.
 */
class SafeTensorsTest {
    private static final String TWO =
            """
            {"__metadata__": {"format": "pt"},
             "b": {"dtype": "I64", "shape": [], "data_offsets": [8, 16]},
             "a": {"dtype": "F32", "shape": [2, 1], "data_offsets": [0, 8]}}   \
            """;

    private static final int MUTATIONS = 2000;
    private static final long SEED = 20261122;

    @TempDir Path folder;

    @Test
    void tensorsAreSlicesOfTheMap() throws IOException {
        try (SafeTensors file = open(file(TWO, 16))) {
            assertThat(file.tensors().keySet()).containsExactly("b", "a");
            assertThat(file.metadata()).containsEntry("format", "pt");
            Tensor a = file.tensor("a");
            assertThat(a.shape().sizes()).containsExactly(2, 1);
            assertThat(a.bytes().get(1)).isEqualTo((byte) 1);
            assertThat(a.bytes().isDirect()).isTrue();
            Tensor b = file.tensor("b");
            assertThat(b.elementType()).isEqualTo(ElementType.INT64);
            assertThat(b.toLongs()).containsExactly(0x0f0e0d0c0b0a0908L);
        }
    }

    @Test
    void aClosedFileCannotBeRead() throws IOException {
        Tensor kept;
        try (SafeTensors file = open(file(TWO, 16))) {
            kept = file.tensor("a");
        }
        assertThatThrownBy(kept::toFloats).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void theGoldenCheckpointIsReadWhole() {
        try (SafeTensors file = SafeTensors.open(Golden.file("model.safetensors"))) {
            assertThat(file.tensors()).hasSize(68);
            assertThat(file.tensor("step").toLongs()).containsExactly(1_250_000);
            assertThat(file.tensor("initted").elementType()).isEqualTo(ElementType.BOOL);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "F32|[2]|[0, 8]|16|truncated or damaged",
                "F32|[2]|[0, 8]|4|truncated or damaged",
                "F32|[2]|[4, 12]|12|begins at 4",
                "F32|[2]|[8, 0]|8|beginning before its end",
                "F32|[2]|[0, 8, 16]|8|3 entries",
                "F32|[2]|[0]|8|beginning before its end",
                "F32|[2]|null|8|is null",
                "F32|[2]|[0, 7]|7|needs 8 bytes and has 7",
                "F32|[2]|[-8, 0]|8|counts of 63 bits",
                "F32|[2]|[0, 8.0]|8|counts of 63 bits",
                "F32|[2]|[0, 99999999999999999999]|8|counts of 63 bits",
                "F32|[-2]|[0, 8]|8|counts of 63 bits",
                "F32|[4294967296, 4294967296]|[0, 0]|0|impossible shape",
                "F32|[2305843009213693952, 2]|[0, 0]|0|impossible shape",
                "F32|[1,1,1,1,1,1,1,1,2]|[0, 8]|8|9 entries",
                "F16|[2]|[0, 8]|8|needs 4 bytes and has 8",
                "F33|[2]|[0, 8]|8|unknown dtype 'F33'",
                "f32|[2]|[0, 8]|8|unknown dtype 'f32'",
            })
    void aTensorThatCannotBeIsRefused(
            String type, String shape, String offsets, int bytes, String message)
            throws IOException {
        String header =
                """
                {"a": {"dtype": "%s", "shape": %s, "data_offsets": %s}}\
                """
                        .formatted(type, shape, offsets);
        assertRefused(file(header, bytes), message);
    }

    @Test
    void overlappingTensorsAreRefused() throws IOException {
        String header =
                """
                {"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]},
                 "b": {"dtype": "F32", "shape": [2], "data_offsets": [4, 12]}}\
                """;
        assertRefused(file(header, 12), "'b' begins at 4, where the tensors before it end at 8");
    }

    @Test
    void aNameThatStandsTwiceIsRefused() throws IOException {
        String header =
                """
                {"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8]},
                 "a": {"dtype": "F32", "shape": [2], "data_offsets": [8, 16]}}\
                """;
        assertRefused(file(header, 16), "Duplicate");
    }

    @Test
    void aKeyOutsideTheFormatIsRefused() throws IOException {
        String header =
                """
                {"a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8], "offset": 3}}\
                """;
        assertRefused(file(header, 8), "unknown key 'offset'");
    }

    @Test
    void aHeaderThatIsNotAnObjectIsRefused() throws IOException {
        assertRefused(file("[]", 0), "brace");
        assertRefused(file(" {}", 0), "brace");
        assertRefused(file("", 0), "brace");
        assertRefused(file("{\"a\": 3}", 0), "not an object");
        assertRefused(file("{\"a\":", 0), "not JSON");
    }

    @ParameterizedTest
    @CsvSource({"9223372036854775807", "-9223372036854775808", "-1", "1099511627776", "500"})
    void aHeaderLongerThanTheFileIsRefused(long length) throws IOException {
        byte[] whole = file(TWO, 16);
        ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN).putLong(0, length);
        assertRefused(whole, "bytes;");
    }

    @Test
    void aHeaderAboveTheLimitIsRefusedBeforeItIsRead() throws IOException {
        byte[] whole = file(" ".repeat(Header.LIMITS.bytes() + 1), 0);
        assertRefused(whole, "the limit is " + Header.LIMITS.bytes());
    }

    @Test
    void everyTruncatedFileIsRefused() throws IOException {
        byte[] whole = file(TWO, 16);
        for (int length = 0; length < whole.length; length++) {
            assertRefused(Arrays.copyOf(whole, length), "");
        }
    }

    @Test
    void twoThousandDamagedHeadersAreReadOrRefused() {
        byte[] whole = file(TWO, 16);
        byte[] header = Arrays.copyOfRange(whole, Long.BYTES, whole.length - 16);
        Random random = new Random(SEED);
        int read = 0;
        for (int mutation = 0; mutation < MUTATIONS; mutation++) {
            byte[] damaged = header.clone();
            damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            try {
                Header.parse(damaged, 16, "damaged");
                read++;
            } catch (CheckpointException e) {
                assertThat(e).hasMessageContaining("damaged");
            }
        }
        // Both ends occur: damage to a name or to spaces goes unseen, damage to a size does not.
        assertThat(read).isBetween(1, MUTATIONS / 2);
    }

    private void assertRefused(byte[] content, String message) throws IOException {
        assertThatThrownBy(() -> open(content).close())
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("x.safetensors")
                .hasMessageContaining(message);
    }

    private SafeTensors open(byte[] content) throws IOException {
        Path path = folder.resolve("x.safetensors");
        Files.write(path, content);
        return SafeTensors.open(path);
    }

    /** The header behind its length, and values that count up from 0. */
    private static byte[] file(String header, int valueBytes) {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer file =
                ByteBuffer.allocate(Long.BYTES + text.length + valueBytes)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(text.length)
                        .put(text);
        for (byte value = 0; file.hasRemaining(); value++) {
            file.put(value);
        }
        return file.array();
    }
}
