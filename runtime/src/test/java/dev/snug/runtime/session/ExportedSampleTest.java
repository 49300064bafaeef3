package dev.snug.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.Objects.requireNonNull;

import dev.snug.onnx.ElementType;
import dev.snug.onnx.Model;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.surgery.AttentionFusion;
import dev.snug.onnx.surgery.ConstantFolding;
import dev.snug.onnx.surgery.StepFolding;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The oracle is the mel spectrogram after all 31 steps that onnxruntime 1.31.1 for Python computed
 * with the graphs of the archive as they are (x_step31.f32, [269, 100]), from one and a half
 * seconds of synthetic speech (reference.wav) and noise of a written-down generator.
 *
 * <p>Here the same spectrogram comes out of folded and fused graphs.
 */
final class ExportedSampleTest {
    private static final int FRAMES = 269;
    private static final int MEL = 100;
    private static final int WAV_HEADER_BYTES = 44;
    private static final long NOISE_SEED = 3930;
    private static final int[] TEXT_IDS = {
        53, 9, 14, 0, 3, 8, 82, 15, 0, 3, 83, 3, 0, 2, 86, 14, 66, 51, 106, 0, 14, 8, 82, 0, 20, 8,
        121, 9, 0, 5, 13, 66
    };

    @Test
    void foldedAndFusedGraphsGiveTheSampleOfTheArchive() throws IOException {
        assertThat(Transformer.relative(sample(true), golden())).isLessThan(3e-5);
    }

    @Test
    void exactRotaryTablesMoveTheSampleByTheRoundingOfTheArchivesTables() throws IOException {
        assertThat(Transformer.relative(sample(false), golden())).isBetween(1e-5, 2e-4);
    }

    private static float[] sample(boolean half) throws IOException {
        List<Tensor> steps =
                IntStream.range(0, Transformer.STEPS).mapToObj(Transformer::step).toList();
        StepFolding.Folded folded =
                StepFolding.fold(Transformer.model(), Transformer.STEP, steps, new OrtEvaluator());
        Model fused = AttentionFusion.fuse(folded.model()).model();
        Map<String, Tensor> inputs = new LinkedHashMap<>(conditions());
        inputs.put("noise", Tensor.floats(noise(), 1, FRAMES, MEL));
        inputs.put("rotary_cos", rotary(false, half));
        inputs.put("rotary_sin", rotary(true, half));
        return Transformer.sample(fused, inputs, folded.table().rows());
    }

    private static Tensor rotary(boolean sine, boolean half) {
        float[] table = Transformer.rotary(FRAMES, sine, half);
        return Tensor.floats(table, FRAMES, table.length / FRAMES);
    }

    /** What the preprocessing makes of reference and text. */
    private static Map<String, Tensor> conditions() throws IOException {
        Model model =
                ConstantFolding.fold(
                        Transformer.read("preprocess.onnx"), 5L << 20, new OrtEvaluator());
        ByteBuffer audio = ByteBuffer.wrap(resource("reference.wav")).position(WAV_HEADER_BYTES);
        ByteBuffer ids =
                ByteBuffer.allocate(Integer.BYTES * TEXT_IDS.length).order(ByteOrder.LITTLE_ENDIAN);
        ids.asIntBuffer().put(TEXT_IDS);
        Map<String, Tensor> inputs =
                Map.of(
                        "audio",
                        new Tensor(
                                ElementType.INT16,
                                Shape.of(1, 1, audio.remaining() / Short.BYTES),
                                audio),
                        "text_ids",
                        new Tensor(ElementType.INT32, Shape.of(1, TEXT_IDS.length), ids),
                        "max_duration",
                        Tensor.longs(new long[] {FRAMES}, 1));
        try (Session session = Transformer.open(model, SessionSettings.MAPPED);
                Session.Lease lease = session.acquire()) {
            return lease.run(inputs, Set.of("cat_mel_text", "cat_mel_text_drop"));
        }
    }

    /** Nearly normal numbers: the sum of twelve uniform ones from Knuth's MMIX generator. */
    private static float[] noise() {
        float[] noise = new float[FRAMES * MEL];
        long state = NOISE_SEED;
        for (int at = 0; at < noise.length; at++) {
            long sum = 0;
            for (int draw = 0; draw < 12; draw++) {
                state = state * 6364136223846793005L + 1442695040888963407L;
                sum += state >>> 40;
            }
            noise[at] = (float) (sum / 16_777_216.0 - 6);
        }
        return noise;
    }

    private static float[] golden() throws IOException {
        float[] values = new float[FRAMES * MEL];
        ByteBuffer.wrap(resource("x_step31.f32"))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(values);
        return values;
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in =
                requireNonNull(ExportedSampleTest.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        }
    }
}
