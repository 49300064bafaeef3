package dev.snug.onnx.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.onnx.ElementType;
import dev.snug.onnx.GraphBuilder;
import dev.snug.onnx.Model;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.format.WeightsWriter.Slice;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;

/** The layout of a weights file. The oracle is the file's own bytes, looked up slice by slice. */
class WeightsWriterTest {
    private static final int PAGE = 64 << 10;

    @TempDir Path folder;

    @Test
    void eachTensorLiesWhereItsSliceSaysAndBeginsOnItsBoundary() throws IOException {
        Random random = new Random(1);
        int[] lengths = {1, 100, PAGE - 1, PAGE, 3, 5 << 20, 64, 0};
        byte[][] contents = new byte[lengths.length][];
        Slice[] slices = new Slice[lengths.length];
        Path file = folder.resolve("a.weights");
        long size;
        try (WeightsWriter writer = WeightsWriter.create(file)) {
            for (int index = 0; index < lengths.length; index++) {
                contents[index] = new byte[lengths[index]];
                random.nextBytes(contents[index]);
                slices[index] = writer.append(tensor(contents[index]));
            }
            size = writer.bytes();
        }

        byte[] stored = Files.readAllBytes(file);
        assertThat(size).isEqualTo(stored.length);
        for (int index = 0; index < lengths.length; index++) {
            int offset = Math.toIntExact(slices[index].offset());
            assertThat(offset % (lengths[index] >= PAGE ? PAGE : 64)).isZero();
            assertThat(slices[index].length()).isEqualTo(lengths[index]);
            assertThat(Arrays.copyOfRange(stored, offset, offset + lengths[index]))
                    .isEqualTo(contents[index]);
        }
    }

    @Test
    void theSameBytesAreStoredOnceForAllGraphs() throws IOException {
        Path file = folder.resolve("a.weights");
        try (WeightsWriter writer = WeightsWriter.create(file)) {
            ModelWriter.write(model(1), folder.resolve("one.onnx"), writer);
            long once = writer.bytes();
            ModelWriter.write(model(1), folder.resolve("same.onnx"), writer);
            assertThat(writer.bytes()).isEqualTo(once);
            ModelWriter.write(model(2), folder.resolve("other.onnx"), writer);
            assertThat(writer.bytes()).isGreaterThan(once);
        }
        assertThat(ModelText.of(ModelReader.read(folder.resolve("same.onnx"))))
                .isEqualTo(ModelText.of(ModelReader.read(folder.resolve("one.onnx"))));
    }

    @Test
    void anExistingFileIsNotOverwritten() throws IOException {
        Path file = Files.writeString(folder.resolve("a.weights"), "kept");

        assertThatThrownBy(() -> WeightsWriter.create(file))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(file).hasContent("kept");
    }

    private static Model model(float seed) {
        float[] values = new float[1000];
        Arrays.fill(values, seed);
        GraphBuilder builder = new GraphBuilder("g");
        builder.initializer("w", Tensor.floats(values, 1000));
        return Model.of(builder.build());
    }

    private static Tensor tensor(byte[] bytes) {
        return new Tensor(ElementType.UINT8, Shape.of(bytes.length), ByteBuffer.wrap(bytes));
    }
}
