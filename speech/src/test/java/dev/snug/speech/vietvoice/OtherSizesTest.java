package dev.snug.speech.vietvoice;

import static org.assertj.core.api.Assertions.assertThat;

import static java.util.Objects.requireNonNull;

import dev.snug.onnx.ElementType;
import dev.snug.onnx.Evaluator;
import dev.snug.onnx.Model;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.format.ModelReader;
import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.bundle.Progress;
import dev.snug.runtime.session.OrtEvaluator;
import dev.snug.speech.Golden;
import dev.snug.speech.bundle.SpeechSettings;
import dev.snug.speech.network.GuidanceSteps;
import dev.snug.speech.network.Networks;
import dev.snug.speech.network.Sampling;
import dev.snug.speech.network.StepListener;
import dev.snug.speech.schedule.Schedule;
import dev.snug.speech.sound.Lcg;
import dev.snug.speech.synth.Size;
import dev.snug.speech.synth.SyntheticArchive;
import dev.snug.speech.text.Tokens;
import dev.snug.speech.vietvoice.TarReader.Member;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Archives of widths, depths and numbers of heads that nothing was written for. The oracle is ONNX
 * Runtime on the transformer as it is in the archive, all 31 steps; only the rounding of other
 * operators lies between.
 */
class OtherSizesTest {
    private static final int FRAMES = 90;
    private static final int SAMPLES = 8_000;
    private static final int[] IDS = {4, 9, 1, 0, 7, 22, 13, 5};

    @TempDir private Path folder;

    @ParameterizedTest
    @CsvSource({"192,3,3,3,96,3,120,48,96,3", "64,5,1,2,32,1,300,32,64,1"})
    void allOfItIsFoldedAndFusedAndGivesTheSameSample(
            int dim,
            int depth,
            int heads,
            int feedForward,
            int textDim,
            int textBlocks,
            int tokens,
            int vocosDim,
            int vocosInner,
            int vocosBlocks)
            throws IOException {
        Size size =
                new Size(
                        dim,
                        depth,
                        heads,
                        feedForward,
                        textDim,
                        textBlocks,
                        tokens,
                        vocosDim,
                        vocosInner,
                        vocosBlocks);
        Path archive = folder.resolve("model-bin.pt");
        SyntheticArchive.write(archive, folder, size, 5, Progress.NONE);
        Bundle bundle = Archive.imported(archive, folder.resolve("home"));
        SpeechSettings settings = Archive.settings(bundle);
        assertThat(settings.notes()).isEmpty();
        assertThat(settings.folded()).isTrue();
        assertThat(settings.fused()).isTrue();

        Networks networks = Archive.networks(bundle);
        float[] reference = Arrays.copyOf(Golden.reference(), SAMPLES);
        float[] noise = Lcg.values(11, FRAMES * Networks.BANDS);
        float[] cut =
                networks.sample(
                        networks.conditions(networks.mel(reference), Tokens.of(IDS), FRAMES),
                        noise,
                        new Sampling(Schedule.export(), Sampling.GUIDANCE, GuidanceSteps.ALL),
                        StepListener.NONE);

        assertThat(Golden.distance(cut, whole(models(archive), reference, noise))).isLessThan(3e-5);
    }

    /** The archive's own graphs, one after the other. */
    private static float[] whole(Map<String, Model> models, float[] reference, float[] noise) {
        Evaluator engine = new OrtEvaluator();
        ByteBuffer audio = little(SAMPLES * Short.BYTES);
        for (float sample : reference) {
            audio.putShort((short) Math.round(sample * 32_768));
        }
        Map<String, Tensor> inputs =
                new LinkedHashMap<>(
                        engine.evaluate(
                                requireNonNull(models.get("preprocess.onnx")),
                                Map.of(
                                        "audio",
                                        new Tensor(
                                                ElementType.INT16,
                                                Shape.of(1, 1, SAMPLES),
                                                audio.flip()),
                                        "text_ids",
                                        whole(IDS),
                                        "max_duration",
                                        Tensor.longs(new long[] {FRAMES}, 1))));
        inputs.remove("ref_signal_len");
        inputs.put("noise", Tensor.floats(noise, 1, FRAMES, Networks.BANDS));
        for (int step = 0; step < Schedule.export().steps(); step++) {
            inputs.put("time_step.1", whole(step));
            Map<String, Tensor> outputs =
                    engine.evaluate(requireNonNull(models.get("transformer.onnx")), inputs);
            inputs.put("noise", requireNonNull(outputs.get("denoised")));
        }
        return requireNonNull(inputs.get("noise")).toFloats();
    }

    /** A vector, or a row where there are several values. */
    private static Tensor whole(int... values) {
        ByteBuffer bytes = little(values.length * Integer.BYTES);
        bytes.asIntBuffer().put(values);
        Shape shape = values.length == 1 ? Shape.of(1) : Shape.of(1, values.length);
        return new Tensor(ElementType.INT32, shape, bytes);
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static Map<String, Model> models(Path archive) throws IOException {
        Map<String, Model> models = new LinkedHashMap<>();
        try (InputStream in = Files.newInputStream(archive)) {
            TarReader tar = new TarReader(in, "archive");
            byte[] buffer = new byte[1 << 16];
            for (Member member = tar.next(); member != null; member = tar.next()) {
                ByteArrayOutputStream content = new ByteArrayOutputStream();
                for (int read = tar.read(buffer); read >= 0; read = tar.read(buffer)) {
                    content.write(buffer, 0, read);
                }
                if (member.name().endsWith(".onnx")) {
                    ByteBuffer bytes = ByteBuffer.wrap(content.toByteArray());
                    models.put(member.name(), ModelReader.parse(bytes, member.name()));
                }
            }
        }
        return models;
    }
}
