package dev.snug.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.onnx.GraphBuilder;
import dev.snug.onnx.Model;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.TensorType;
import dev.snug.onnx.format.ModelWriter;
import dev.snug.onnx.format.WeightsWriter;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A closed session gives its memory back. The oracle is the kernel's RssAnon of a fresh process,
 * started with the allocator settings of the launcher, after many load, run and close cycles of a
 * model whose weights are copied (prepacked), so that there is something to give back.
 */
@EnabledOnOs(OS.LINUX)
final class SessionMemoryTest {
    private static final int SIDE = 2048;
    private static final long WEIGHTS_BYTES = 2L * SIDE * SIDE * Float.BYTES;
    private static final int CYCLES = 25;
    private static final long MIB = 1 << 20;

    @TempDir private Path folder;

    @Test
    void whatStaysAfterManyCyclesIsAFractionOfTheModel() throws Exception {
        long[] bytes = run(writeModel());
        long before = bytes[0];
        long loaded = bytes[1];
        long after = bytes[2];
        assertThat(loaded - before).isGreaterThan(WEIGHTS_BYTES);
        assertThat(after - before)
                .as("before %d MiB, loaded %d MiB", before / MIB, loaded / MIB)
                .isLessThan(WEIGHTS_BYTES / 2);
    }

    private static long[] run(Path model) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx64m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OpenCloseCycles.class.getName(),
                        model.toString(),
                        Integer.toString(SIDE),
                        Integer.toString(CYCLES));
        builder.environment().put("MALLOC_ARENA_MAX", "1");
        builder.environment().put("MALLOC_MMAP_THRESHOLD_", "65536");
        Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isZero();
        return Arrays.stream(out.strip().split(" ", 3)).mapToLong(Long::parseLong).toArray();
    }

    /** Two square matrix products: {@value #SIDE}² float32 weights each. */
    private Path writeModel() throws IOException {
        GraphBuilder graph = new GraphBuilder("products");
        graph.input("x", TensorType.floats(1, SIDE));
        String first = graph.initializer("w", ramp(1));
        String second = graph.initializer("w", ramp(2));
        String middle = graph.add("MatMul", "middle", List.of("x", first));
        graph.addNode("MatMul", List.of(middle, second), List.of("y"));
        graph.output("y", TensorType.floats(1, SIDE));
        Path file = folder.resolve("products.onnx");
        try (WeightsWriter weights = WeightsWriter.create(folder.resolve("products.weights"))) {
            ModelWriter.write(Model.of(graph.build()), file, weights);
        }
        return file;
    }

    private static Tensor ramp(int factor) {
        float[] values = new float[SIDE * SIDE];
        for (int i = 0; i < values.length; i++) {
            values[i] = factor * (i % 97) * 1e-3f;
        }
        return Tensor.floats(values, SIDE, SIDE);
    }
}
