package dev.snug.onnx.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;

/** Tensors come back as they were counted out, from the heap below a page and mapped above. */
class TensorFileTest {
    /** More than one write: the file is written in pieces of 64 KiB. */
    private static final int LARGE = 70_001;

    @TempDir Path folder;

    @Test
    void tensorsHoldTheirElementsAndOutliveTheFile() throws IOException {
        try (Arena arena = Arena.ofShared()) {
            Tensor small;
            Tensor large;
            Tensor second;
            try (TensorFile file = TensorFile.create(folder, arena)) {
                small = file.tensor(Shape.of(3), counting());
                large = file.tensor(Shape.of(LARGE), counting());
                second = file.tensor(Shape.of(2, 1024), counting());
            }
            assertThat(folder).isEmptyDirectory();
            assertThat(small.toFloats()).containsExactly(0, 1, 2);
            assertThat(small.bytes().isDirect()).isFalse();
            assertThat(large.bytes().isDirect()).isTrue();
            float[] values = large.toFloats();
            for (int i = 0; i < LARGE; i++) {
                assertThat(values[i]).isEqualTo(i);
            }
            assertThat(second.toFloats()).startsWith(0, 1, 2).endsWith(2047);
        }
    }

    @Test
    void aFolderThatIsNotThereIsAnError() {
        try (Arena arena = Arena.ofShared()) {
            assertThatThrownBy(() -> TensorFile.create(folder.resolve("none"), arena))
                    .isInstanceOf(IOException.class);
        }
    }

    private static TensorFile.Elements counting() {
        int[] next = {0};
        return () -> next[0]++;
    }
}
