package dev.snug.speech.synth;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.onnx.ElementType;
import dev.snug.onnx.Model;
import dev.snug.onnx.Port;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.format.RandomElements;
import dev.snug.onnx.format.TensorFile;
import dev.snug.runtime.session.OrtEvaluator;
import dev.snug.speech.Golden;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The oracle is what torch.onnx exported: built at the sizes of those three files, the synthetic
 * graphs have the same nodes, and with their weights give the same results in ONNX Runtime. The
 * tables that nobody trains are Snug's own in that comparison.
 */
class ExportedGraphsTest {
    private static final int FRAMES = 40;
    private static final int IDS = 12;
    private static final int SAMPLES = 256 * 20 + 100;

    @TempDir Path folder;
    private Arena arena;
    private TensorFile tensors;

    @BeforeEach
    void open() throws IOException {
        arena = Arena.ofShared();
        tensors = TensorFile.create(folder, arena);
    }

    @AfterEach
    void close() {
        tensors.close();
        arena.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"preprocess", "transformer", "decode"})
    void everyNodeIsThatOfTheExport(String name) throws IOException {
        Model golden = ExportedGraphs.golden(name);
        Model made = made(name, SyntheticCheckpointTest.GOLDEN);

        assertThat(ExportedGraphs.wiring(made.graph()))
                .containsExactlyElementsOf(ExportedGraphs.wiring(golden.graph()));
        assertThat(made.graph().initializers().values().stream().map(Tensor::toString))
                .containsExactlyInAnyOrderElementsOf(
                        golden.graph().initializers().values().stream()
                                .map(Tensor::toString)
                                .toList());
        assertThat(names(made.graph().inputs())).isEqualTo(names(golden.graph().inputs()));
        assertThat(names(made.graph().outputs())).isEqualTo(names(golden.graph().outputs()));
        assertThat(made.opsets()).isEqualTo(golden.opsets());
        assertThat(made.irVersion()).isEqualTo(golden.irVersion());
    }

    @Test
    void preprocessingGivesTheSameConditions() throws IOException {
        Map<String, Tensor> actual = evaluated("preprocess", preprocessInputs(), "[1,100,513]");
        Map<String, Tensor> expected =
                new OrtEvaluator()
                        .evaluate(ExportedGraphs.golden("preprocess"), preprocessInputs());

        assertThat(ExportedGraphs.of(actual, "noise").shape())
                .isEqualTo(ExportedGraphs.of(expected, "noise").shape());
        assertThat(ExportedGraphs.of(actual, "ref_signal_len").toLongs())
                .isEqualTo(ExportedGraphs.of(expected, "ref_signal_len").toLongs());
        for (String name : List.of("cat_mel_text", "cat_mel_text_drop")) {
            assertThat(distance(actual, expected, name)).as(name).isLessThan(1e-5);
        }
        for (String name : List.of("rope_cos_q", "rope_sin_q", "rope_cos_k", "rope_sin_k")) {
            // A frequency that differs in the last bit moves far angles by a unit of float16.
            assertThat(distance(actual, expected, name)).as(name).isLessThan(1e-4);
        }
    }

    @Test
    void aStepGivesTheSameFrames() throws IOException {
        Map<String, Tensor> inputs =
                new LinkedHashMap<>(
                        new OrtEvaluator()
                                .evaluate(ExportedGraphs.golden("preprocess"), preprocessInputs()));
        inputs.remove("ref_signal_len");
        inputs.put("time_step.1", ints(new int[] {17}, 1));
        Map<String, Tensor> expected =
                new OrtEvaluator().evaluate(ExportedGraphs.golden("transformer"), inputs);
        Map<String, Tensor> actual = evaluated("transformer", inputs, "[31]");

        assertThat(distance(actual, expected, "denoised")).isLessThan(1e-5);
        assertThat(ExportedGraphs.of(actual, "time_step").bytes().getInt()).isEqualTo(18);
    }

    @Test
    void decodingGivesTheSameSamples() throws IOException {
        float[] mel = new float[FRAMES * 100];
        RandomElements values = RandomElements.of(5, "mel", -2, 2);
        for (int i = 0; i < mel.length; i++) {
            mel[i] = values.next();
        }
        Map<String, Tensor> inputs =
                Map.of(
                        "denoised",
                        Tensor.floats(mel, 1, FRAMES, 100),
                        "ref_signal_len",
                        Tensor.longs(new long[] {10}));
        ByteBuffer expected =
                audio(new OrtEvaluator().evaluate(ExportedGraphs.golden("decode"), inputs));
        ByteBuffer actual = audio(evaluated("decode", inputs));

        assertThat(actual.remaining()).isEqualTo(expected.remaining()).isEqualTo(2 * 256 * 29);
        int loudest = 0;
        while (expected.hasRemaining()) {
            int sample = expected.getShort();
            loudest = Math.max(loudest, Math.abs(sample));
            assertThat((int) actual.getShort()).isBetween(sample - 2, sample + 2);
        }
        assertThat(loudest).isGreaterThan(100);
    }

    @Test
    void randomWeightsGiveSoundThatIsNotClipped() throws IOException {
        Size size = new Size(64, 2, 1, 2, 32, 1, 300, 64, 128, 2);
        OrtEvaluator runtime = new OrtEvaluator();
        Map<String, Tensor> conditions =
                new LinkedHashMap<>(runtime.evaluate(made("preprocess", size), preprocessInputs()));
        Tensor reference = ExportedGraphs.of(conditions, "ref_signal_len");
        conditions.remove("ref_signal_len");
        Model transformer = made("transformer", size);
        for (int step = 0; step < TransformerGraph.TIMES - 1; step++) {
            conditions.put("time_step.1", ints(new int[] {step}, 1));
            conditions.put(
                    "noise",
                    ExportedGraphs.of(runtime.evaluate(transformer, conditions), "denoised"));
        }
        Tensor mel = ExportedGraphs.of(conditions, "noise");
        ByteBuffer samples =
                audio(
                        runtime.evaluate(
                                made("decode", size),
                                Map.of("denoised", mel, "ref_signal_len", reference)));

        int count = samples.remaining() / Short.BYTES;
        int clipped = 0;
        double power = 0;
        while (samples.hasRemaining()) {
            int sample = samples.getShort();
            clipped += Math.abs(sample) >= 32767 ? 1 : 0;
            power += (double) sample * sample;
        }
        assertThat(clipped).isLessThan(count / 100);
        assertThat(Math.sqrt(power / count)).isBetween(100.0, 15_000.0);
    }

    private Map<String, Tensor> evaluated(
            String name, Map<String, Tensor> inputs, String... keptConstants) throws IOException {
        Model model =
                ExportedGraphs.withWeights(
                        made(name, SyntheticCheckpointTest.GOLDEN),
                        ExportedGraphs.golden(name),
                        List.of(keptConstants));
        return new OrtEvaluator().evaluate(model, inputs);
    }

    private Model made(String name, Size size) {
        ExportWeights weights = new ExportWeights(tensors, 1, bytes -> {});
        return switch (name) {
            case "preprocess" -> PreprocessGraph.model(size, weights);
            case "transformer" -> TransformerGraph.model(size, weights);
            default -> DecodeGraph.model(size, weights);
        };
    }

    private static ByteBuffer audio(Map<String, Tensor> outputs) {
        return ExportedGraphs.of(outputs, "output_audio").bytes();
    }

    private static Map<String, Tensor> preprocessInputs() {
        float[] reference = Golden.reference();
        ByteBuffer audio = ByteBuffer.allocate(2 * SAMPLES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < SAMPLES; i++) {
            audio.putShort((short) (reference[20_000 + i] * 32767));
        }
        int[] ids = new int[IDS];
        for (int i = 0; i < IDS; i++) {
            ids[i] = 7 * i % 200;
        }
        return Map.of(
                "audio",
                new Tensor(ElementType.INT16, Shape.of(1, 1, SAMPLES), audio.flip()),
                "text_ids",
                ints(ids, 1, IDS),
                "max_duration",
                Tensor.longs(new long[] {FRAMES}, 1));
    }

    private static Tensor ints(int[] values, long... sizes) {
        ByteBuffer bytes =
                ByteBuffer.allocate(Integer.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(values);
        return new Tensor(ElementType.INT32, Shape.of(sizes), bytes);
    }

    private static double distance(
            Map<String, Tensor> actual, Map<String, Tensor> expected, String name) {
        return Golden.distance(
                ExportedGraphs.of(actual, name).toFloats(),
                ExportedGraphs.of(expected, name).toFloats());
    }

    private static List<String> names(List<Port> ports) {
        return ports.stream().map(p -> p.name() + " " + p.type().elementType()).toList();
    }
}
