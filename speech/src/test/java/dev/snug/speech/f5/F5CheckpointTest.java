package dev.snug.speech.f5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.onnx.format.TensorFile;
import dev.snug.speech.Golden;
import dev.snug.speech.safetensors.CheckpointException;
import dev.snug.speech.safetensors.SafeTensors;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Checkpoints that are not what the graphs describe are refused by the name of the weight. They are
 * the golden one with its header edited, so that each has one fault.
 */
class F5CheckpointTest {
    private static final String BLOCK = "transformer_blocks.1.attn.";

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "norm_out.linear.bias|norm_out.linear.bogus|no tensor.*norm_out.linear.bias",
                "ema_model.transformer.input_embed.proj.w|ema_model.other.input|not an F5-TTS",
                "initted|ema_model.transformer.long_skip|1 weights.*'long_skip'",
                "[128, 8, 31]|[128, 31, 8]|shape.*the other weights ask for",
                "[100, 128]|[12800, 1]|the other weights ask for",
                "[220, 64]|[14080]|2 sizes above 0",
                "transformer_blocks.0.attn.to_q.weight|transformer_blocks.7.a|no transformer",
            })
    void aCheckpointOfAnotherNetworkIsRefused(String from, String to, String message)
            throws IOException {
        assertThatThrownBy(() -> read(edited(from, to)))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("edited.safetensors")
                .message()
                .containsPattern(message);
    }

    @Test
    void aBlockMoreThanTheFirstGapIsUnknown() {
        assertThatThrownBy(() -> read(edited(BLOCK + "to_q.weight", BLOCK + "to_z.weight")))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("transformer_blocks.1");
    }

    @Test
    void halfPrecisionWeightsAreWidened() throws IOException {
        byte[] values = new byte[8];
        ByteBuffer halves = ByteBuffer.wrap(values).order(ByteOrder.LITTLE_ENDIAN);
        halves.putShort(Float.floatToFloat16(1.5f)).putShort(Float.floatToFloat16(-2));
        halves.putShort((short) 0x3fc0).putShort((short) 0xc000);
        Path path =
                written(
                        """
                        {"a": {"dtype": "F16", "shape": [2, 1], "data_offsets": [0, 4]},
                         "b": {"dtype": "BF16", "shape": [2], "data_offsets": [4, 8]}}\
                        """,
                        values);
        try (Arena arena = Arena.ofShared();
                SafeTensors file = SafeTensors.open(path);
                TensorFile made = TensorFile.create(folder, arena)) {
            Weights weights = new Weights(file, "", made);
            assertThat(weights.transposed("a", 2, 1).toFloats()).containsExactly(1.5f, -2);
            assertThat(weights.tensor("b", 2).toFloats()).containsExactly(1.5f, -2);
        }
    }

    @Test
    void countsOutsideTheirRangeAreRefusedBeforeMemoryIsSpent() {
        F5Sizes sizes = new F5Sizes(new TransformerSizes(128, 2, 2), 100, 64, 2, 220);
        assertThatThrownBy(() -> Rotation.of(Integer.MAX_VALUE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TextGraph.inputs(sizes, F5Version.V1, new int[0], 1 << 30, false))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TextGraph.inputs(sizes, F5Version.V1, new int[] {219}, 9, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("219");
        assertThatThrownBy(() -> StepGraph.sinusoids(new float[1001]))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private void read(Path path) throws IOException {
        try (Arena arena = Arena.ofShared();
                SafeTensors file = SafeTensors.open(path);
                TensorFile made = TensorFile.create(folder, arena)) {
            F5Checkpoint.read(file, F5Version.V1, made);
        }
    }

    private Path edited(String from, String to) throws IOException {
        byte[] whole = Files.readAllBytes(Golden.file("model.safetensors"));
        ByteBuffer bytes = ByteBuffer.wrap(whole).order(ByteOrder.LITTLE_ENDIAN);
        int length = (int) bytes.getLong();
        String header = new String(whole, Long.BYTES, length, StandardCharsets.UTF_8);
        String compact = from.startsWith("[") ? from.replace(" ", "") : from;
        assertThat(header).contains(compact);
        byte[] values = new byte[whole.length - Long.BYTES - length];
        bytes.get(Long.BYTES + length, values);
        int at = header.indexOf(compact);
        return written(
                header.substring(0, at) + to + header.substring(at + compact.length()), values);
    }

    private Path written(String header, byte[] values) throws IOException {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        Path path = folder.resolve("edited.safetensors");
        Files.write(
                path,
                ByteBuffer.allocate(Long.BYTES + text.length + values.length)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(text.length)
                        .put(text)
                        .put(values)
                        .array());
        return path;
    }
}
