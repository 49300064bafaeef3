package dev.snug.runtime.session;

import static dev.snug.onnx.GraphBuilder.attribute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.util.Objects.requireNonNull;

import dev.snug.onnx.Graph;
import dev.snug.onnx.GraphBuilder;
import dev.snug.onnx.Model;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.TensorType;
import dev.snug.onnx.format.ModelReader;
import dev.snug.onnx.format.ModelWriter;
import dev.snug.onnx.format.WeightsWriter;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/** The oracle for numbers is the portable graph itself, computed without any optimisation. */
final class SessionTest {
    @TempDir private Path folder;

    @Test
    void evaluatesASmallGraph() {
        GraphBuilder graph = new GraphBuilder("sum");
        graph.input("x", TensorType.floats(2));
        String two = graph.initializer("two", Tensor.scalar(2));
        graph.output(graph.add("Mul", "y", List.of("x", two)), TensorType.floats(2));
        Map<String, Tensor> result =
                new OrtEvaluator()
                        .evaluate(
                                Model.of(graph.build()),
                                Map.of("x", Tensor.floats(new float[] {1.5f, -3}, 2)));
        assertThat(requireNonNull(result.get("y")).toFloats()).containsExactly(3, -6);
    }

    @Test
    void theOptimisedCopyGivesTheSameAnswerFromMappedWeights() throws IOException {
        Path portable = writeConvolution();
        Path optimised = folder.resolve("optimised.onnx");
        Path work = Files.createDirectory(folder.resolve("work"));
        try (WeightsWriter weights = WeightsWriter.create(folder.resolve("optimised.weights"))) {
            OptimizedModels.write(portable, optimised, weights, work);
        }
        assertThat(work).isEmptyDirectory();
        assertThat(ModelReader.read(optimised).opsets()).containsKey("com.microsoft.nchwc");

        Tensor picture = random(1, 32, 20, 20);
        float[] expected = run(portable, SessionSettings.ONCE, picture);
        float[] actual = run(optimised, SessionSettings.MAPPED, picture);
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            assertThat(actual[i]).isCloseTo(expected[i], within(1e-4f));
        }
    }

    @Test
    void aLongListOfSizesIsFoundWhereTheEngineInfersShapes() throws IOException {
        int parts = 200;
        GraphBuilder graph = new GraphBuilder("parts");
        graph.input("x", TensorType.floats(parts));
        long[] sizes = new long[parts];
        Arrays.fill(sizes, 1);
        String ones = graph.initializer("ones", Tensor.longs(sizes, parts));
        List<String> split = IntStream.range(0, parts).mapToObj(i -> "part" + i).toList();
        graph.addNode("Split", List.of("x", ones), split, attribute("axis", 0));
        graph.output(split.getLast(), TensorType.floats(1));
        Path model = folder.resolve("parts.onnx");
        try (WeightsWriter weights = WeightsWriter.create(folder.resolve("parts.weights"))) {
            ModelWriter.write(Model.of(graph.build()), model, weights);
        }
        try (Session session = Session.open(model, SessionSettings.MAPPED);
                Session.Lease lease = session.acquire()) {
            Map<String, Tensor> result =
                    lease.run(Map.of("x", random(parts)), Set.of(split.getLast()));
            assertThat(result).containsOnlyKeys(split.getLast());
        }
    }

    @Test
    void closeWaitsUntilTheLastLeaseIsBack() throws Exception {
        Session session = Session.open(writeConvolution(), SessionSettings.ONCE);
        Session.Lease lease = session.acquire();
        CountDownLatch closed = new CountDownLatch(1);
        Thread closer =
                Thread.ofPlatform()
                        .start(
                                () -> {
                                    session.close();
                                    closed.countDown();
                                });
        assertThat(closed.await(100, TimeUnit.MILLISECONDS)).isFalse();
        assertThat(lease.run(Map.of("x", random(1, 32, 20, 20)), Set.of("y"))).containsKey("y");
        assertThat(session.leases()).isEqualTo(1);
        lease.close();
        assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
        closer.join();
        assertThatThrownBy(session::acquire)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("is closed");
    }

    @Test
    void aBrokenModelIsOneClearError() throws IOException {
        Path broken = Files.write(folder.resolve("broken.onnx"), new byte[] {1, 2, 3});
        assertThatThrownBy(() -> Session.open(broken, SessionSettings.MAPPED))
                .isInstanceOf(SessionException.class)
                .hasMessageContaining("broken.onnx");
    }

    @Test
    void aWrongShapeIsRefusedAndTheSessionLivesOn() throws IOException {
        try (Session session = Session.open(writeConvolution(), SessionSettings.ONCE);
                Session.Lease lease = session.acquire()) {
            assertThatThrownBy(() -> lease.run(Map.of("x", random(1, 3, 20, 20)), Set.of("y")))
                    .isInstanceOf(SessionException.class);
            assertThat(lease.run(Map.of("x", random(1, 32, 20, 20)), Set.of("y"))).hasSize(1);
        }
    }

    private float[] run(Path model, SessionSettings settings, Tensor x) {
        try (Session session = Session.open(model, settings);
                Session.Lease lease = session.acquire()) {
            return requireNonNull(lease.run(Map.of("x", x), Set.of("y")).get("y")).toFloats();
        }
    }

    /** Two convolutions with a sigmoid gate between them, 32 channels: what NCHWc rewrites. */
    private Path writeConvolution() throws IOException {
        GraphBuilder graph = new GraphBuilder("conv");
        graph.input("x", TensorType.floats(1, 32, 20, 20));
        String weights = graph.initializer("w", random(32, 32, 3, 3));
        var pads = attribute("pads", new long[] {1, 1, 1, 1});
        String first = graph.add("Conv", "first", List.of("x", weights), pads);
        String gate = graph.add("Sigmoid", "gate", List.of(first));
        String gated = graph.add("Mul", "gated", List.of(first, gate));
        String second = graph.initializer("w", random(32, 32, 3, 3));
        graph.addNode("Conv", List.of(gated, second), List.of("y"), pads);
        graph.output("y", TensorType.floats(1, 32, 20, 20));
        Graph built = graph.build();
        Path file = folder.resolve("conv.onnx");
        if (!Files.exists(file)) {
            try (WeightsWriter out = WeightsWriter.create(folder.resolve("conv.weights"))) {
                ModelWriter.write(Model.of(built), file, out);
            }
        }
        return file;
    }

    private static Tensor random(long... sizes) {
        Random random = new Random(7);
        long elements = 1;
        for (long size : sizes) {
            elements *= size;
        }
        float[] values = new float[Math.toIntExact(elements)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian() * 0.1f;
        }
        return Tensor.floats(values, sizes);
    }

    private static org.assertj.core.data.Offset<Float> within(float distance) {
        return org.assertj.core.data.Offset.offset(distance);
    }
}
