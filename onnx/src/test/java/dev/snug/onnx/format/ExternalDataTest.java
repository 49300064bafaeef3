package dev.snug.onnx.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.onnx.Model;
import dev.snug.onnx.OnnxException;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A model can read plain files beside it and nothing else. The oracle is the list of demands in
 * {@link ExternalFiles}; each refusal is shown beside the same model being read when the demand is
 * met.
 */
class ExternalDataTest {
    @TempDir Path folder;

    @BeforeEach
    void weights() throws IOException {
        Files.write(folder.resolve("w.data"), new byte[64]);
    }

    private Model read(String... keysAndValues) throws IOException {
        Path file = folder.resolve("model.onnx");
        Files.write(file, WireModel.modelOf(WireModel.external(keysAndValues)));
        return ModelReader.read(file);
    }

    @Test
    void aSliceOfAFileBesideTheModelIsRead() throws IOException {
        assertThat(read("location", "w.data", "offset", "48", "length", "16")).isNotNull();
        assertThat(read("location", "w.data")).isNotNull();
        assertThat(read("location", "w.data", "checksum", "0123")).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../w.data",
                "sub/w.data",
                "/etc/hostname",
                "..",
                ".",
                "",
                "c:w.data",
                "sub\\w.data",
                "w.data\0"
            })
    void anythingButAPlainFileNameIsRefused(String location) {
        assertThatThrownBy(() -> read("location", location))
                .isInstanceOf(OnnxException.class)
                .hasMessageContaining("plain file name");
    }

    @Test
    void linksFoldersAndAbsentFilesAreRefused() throws IOException {
        Files.createSymbolicLink(folder.resolve("link"), folder.resolve("w.data"));
        Files.createDirectory(folder.resolve("sub"));

        assertThatThrownBy(() -> read("location", "link"))
                .isInstanceOf(OnnxException.class)
                .hasMessageContaining("link is not a regular file");
        assertThatThrownBy(() -> read("location", "sub"))
                .isInstanceOf(OnnxException.class)
                .hasMessageContaining("sub is not a regular file");
        assertThatThrownBy(() -> read("location", "absent"))
                .isInstanceOf(OnnxException.class)
                .hasMessageContaining("absent cannot be read");
    }

    @ParameterizedTest
    @CsvSource({
        "offset, 49, 'ends behind w.data, which has 64 bytes'",
        "offset, 9223372036854775807, 'ends behind'",
        "offset, 9223372036854775808, overflows",
        "offset, -1, not a number",
        "offset, 1e1, not a number",
        "length, 12, 'says 12 bytes, the tensor''s sizes need 16'",
        "size, 16, unknown key 'size'",
        "location, w.data, 'the key location twice'",
    })
    void numbersThatDoNotFitFileOrTensorAreRefused(String key, String value, String reason) {
        assertThatThrownBy(() -> read("location", "w.data", key, value))
                .isInstanceOf(OnnxException.class)
                .hasMessageContaining("model.onnx: graph g: tensor w: ")
                .hasMessageContaining(reason);
    }

    @Test
    void dataWithoutALocationIsRefused() {
        assertThatThrownBy(() -> read("offset", "0"))
                .isInstanceOf(OnnxException.class)
                .hasMessageContaining("no location");
    }

    @Test
    void dataBeyondTwoGibibytesIsReached() throws IOException {
        long offset = (3L << 30) + 64;
        try (RandomAccessFile sparse = new RandomAccessFile(folder.resolve("big").toFile(), "rw")) {
            sparse.setLength(offset + 16);
            sparse.seek(offset);
            sparse.writeInt(Integer.reverseBytes(Float.floatToIntBits(2.5f)));
        }

        Model model = read("location", "big", "offset", Long.toString(offset));

        assertThat(Objects.requireNonNull(model.graph().initializers().get("w")).toFloats())
                .containsExactly(2.5f, 0, 0, 0);
    }
}
