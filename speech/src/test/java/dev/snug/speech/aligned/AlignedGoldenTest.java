package dev.snug.speech.aligned;

import static dev.snug.speech.aligned.AlignedFolder.CHUNK_TEXT;
import static dev.snug.speech.aligned.AlignedFolder.FRAMES_ODD;
import static dev.snug.speech.aligned.AlignedFolder.REFERENCE_FRAMES;
import static dev.snug.speech.aligned.AlignedFolder.REFERENCE_TEXT;
import static dev.snug.speech.aligned.AlignedFolder.golden;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.onnx.Evaluator;
import dev.snug.onnx.Model;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.format.TensorFile;
import dev.snug.runtime.session.OrtEvaluator;
import dev.snug.speech.Golden;
import dev.snug.speech.f5.LogMel;
import dev.snug.speech.f5.Rotation;
import dev.snug.speech.f5.StepGraph;
import dev.snug.speech.f5.Transformer;
import dev.snug.speech.f5.VelocityGraph;
import dev.snug.speech.f5.Vocos;
import dev.snug.speech.network.EulerSampler;
import dev.snug.speech.network.EulerSampler.Branch;
import dev.snug.speech.network.GuidanceSteps;
import dev.snug.speech.network.Sampling;
import dev.snug.speech.network.StepListener;
import dev.snug.speech.safetensors.SafeTensors;
import dev.snug.speech.schedule.Schedule;
import dev.snug.speech.text.Vocabulary;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Each stage of an aligned model against {@code training/golden.py}, PyTorch on the same random
 * weights in float32. Tolerances are those of F5-TTS's golden data, root mean square of the
 * difference over that of the expected values: about ten times what two engines differ by, below
 * what the wrong GELU (3e-5) or ε (2e-5) costs.
 */
class AlignedGoldenTest {
    private static final double STAGE = 1e-5;
    private static final double WHOLE = 3e-5;
    private static final Evaluator ENGINE = new OrtEvaluator();

    @TempDir Path folder;

    private Arena arena;
    private SafeTensors file;
    private TensorFile made;
    private AlignedCheckpoint graphs;
    private long[] rows;

    @BeforeEach
    void read() throws IOException {
        arena = Arena.ofShared();
        file = SafeTensors.open(AlignedFolder.file("aligned.safetensors"));
        made = TensorFile.create(folder, arena);
        graphs = AlignedCheckpoint.read(file, 2, made);
        int[] ids =
                Vocabulary.read(AlignedFolder.file("vocab.txt"))
                        .characters(REFERENCE_TEXT + " " + CHUNK_TEXT)
                        .ids();
        rows = new long[ids.length];
        for (int i = 0; i < ids.length; i++) {
            rows[i] = ids[i] + 1L;
        }
    }

    @AfterEach
    void close() throws IOException {
        made.close();
        file.close();
        arena.close();
    }

    @Test
    void theSizesAreThoseOfTheScript() {
        assertThat(graphs.sizes().transformer().dim()).isEqualTo(128);
        assertThat(graphs.sizes().transformer().depth()).isEqualTo(2);
        assertThat(graphs.sizes().transformer().heads()).isEqualTo(2);
        assertThat(graphs.sizes().text()).isEqualTo(32);
        assertThat(graphs.sizes().tokens()).isEqualTo(20);
    }

    @Test
    void tokensLastAsLong() {
        float[] logFrames =
                run(
                                graphs.durations(),
                                Map.of(DurationsGraph.TOKENS, Tensor.longs(rows, 1, rows.length)))
                        .toFloats();

        assertThat(Golden.distance(logFrames, golden("durations"))).isLessThan(STAGE);
    }

    @ParameterizedTest
    @CsvSource({"odd,31", "even,30"})
    void framesBelongToTheSameTokens(String parity, int frames) {
        Alignment alignment = alignment(frames);

        float[] tokens = golden("tokens_" + parity);
        for (int frame = 0; frame < frames; frame++) {
            assertThat(alignment.tokens()[frame]).isEqualTo((int) tokens[frame]);
        }
        assertThat(Golden.distance(alignment.places(), golden("places_" + parity)))
                .isLessThan(1e-6);
    }

    @Test
    void theVoiceHasTheSameStyle() {
        assertThat(Golden.distance(Style.of(golden("reference_mel")).toFloats(), golden("style")))
                .isLessThan(1e-6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"odd", "even"})
    void theTextBecomesTheSameFeatures(String parity) {
        Map<String, Tensor> made = features(parity.equals("odd") ? FRAMES_ODD : FRAMES_ODD - 1);

        for (String name : FeaturesGraph.OUTPUTS) {
            assertThat(
                            Golden.distance(
                                    FeaturesGraph.of(made, name).toFloats(),
                                    golden(name + "_" + parity)))
                    .as(name)
                    .isLessThan(STAGE);
        }
    }

    @ParameterizedTest
    @CsvSource({"odd,31,t000,0", "odd,31,t037,0.37", "even,30,t000,0", "even,30,t037,0.37"})
    void theVelocityIsTheSame(String parity, int frames, String name, float time) {
        float[] noise = new float[frames * LogMel.BANDS];
        System.arraycopy(golden("noise"), 0, noise, 0, noise.length);

        float[] velocity = velocity(conditional(frames), noise, time);

        assertThat(Golden.distance(velocity, golden("velocity_" + parity + "_" + name)))
                .isLessThan(STAGE);
    }

    @Test
    void theSampleAndItsSoundAreTheSame() throws IOException {
        Map<String, Tensor> conditional = conditional(FRAMES_ODD);
        Map<String, Tensor> unconditional =
                inputs(
                        ENGINE.evaluate(graphs.text(), FeaturesGraph.nothing(FRAMES_ODD)),
                        new float[0],
                        FRAMES_ODD);
        Schedule schedule = Schedule.of(Schedule.Kind.EPSS, 4);

        float[] mel =
                EulerSampler.sample(
                        golden("noise"),
                        new Sampling(schedule, 1, GuidanceSteps.ALL),
                        (step, state, branch) ->
                                velocity(
                                        branch == Branch.CONDITIONAL ? conditional : unconditional,
                                        state,
                                        schedule.time(step)),
                        StepListener.NONE);

        assertThat(Golden.distance(mel, golden("mel"))).isLessThan(WHOLE);
        assertThat(Golden.distance(sound(golden("mel")), golden("wave"))).isLessThan(WHOLE);
    }

    /** From the last frame of the reference. */
    private float[] sound(float[] mel) throws IOException {
        int first = REFERENCE_FRAMES - 1;
        int frames = FRAMES_ODD - first;
        float[] spoken = new float[frames * LogMel.BANDS];
        System.arraycopy(mel, first * LogMel.BANDS, spoken, 0, spoken.length);
        try (SafeTensors vocoder = SafeTensors.open(AlignedFolder.file("vocoder.safetensors"))) {
            return Vocos.samples(
                    run(
                            Vocos.model(vocoder, made),
                            Map.of(Vocos.MEL, Tensor.floats(spoken, 1, frames, LogMel.BANDS))));
        }
    }

    private static Alignment alignment(int frames) {
        return Alignment.of(
                Alignment.durations(
                        golden("durations"), REFERENCE_TEXT.length(), REFERENCE_FRAMES, frames),
                frames);
    }

    private Map<String, Tensor> features(int frames) {
        Alignment alignment = alignment(frames);
        return ENGINE.evaluate(
                graphs.text(),
                Map.of(
                        FeaturesGraph.TOKENS,
                        alignment.rows(rows),
                        FeaturesGraph.PLACES,
                        alignment.placeTensor(),
                        FeaturesGraph.STYLE,
                        Style.of(golden("reference_mel"))));
    }

    private Map<String, Tensor> conditional(int frames) {
        return inputs(features(frames), golden("reference_mel"), frames);
    }

    private static Map<String, Tensor> inputs(
            Map<String, Tensor> features, float[] reference, int frames) {
        float[] mel = new float[frames * LogMel.BANDS];
        System.arraycopy(reference, 0, mel, 0, reference.length);
        Rotation rotation = Rotation.of((frames + 1) / 2);
        Map<String, Tensor> inputs = new HashMap<>();
        inputs.put(VelocityGraph.CONDITION, Tensor.floats(mel, 1, frames, LogMel.BANDS));
        inputs.put(VelocityGraph.TEXT, FeaturesGraph.of(features, FeaturesGraph.FEATURES));
        inputs.put(PatchGraph.MEAN, FeaturesGraph.of(features, FeaturesGraph.MEAN));
        inputs.put(PatchGraph.VARIANCE, FeaturesGraph.of(features, FeaturesGraph.VARIANCE));
        inputs.put(Transformer.COSINES, rotation.cosines());
        inputs.put(Transformer.SINES, rotation.sines());
        return inputs;
    }

    private float[] velocity(Map<String, Tensor> conditions, float[] state, float time) {
        Tensor table = run(graphs.steps(), Map.of(StepGraph.SINUSOIDS, StepGraph.sinusoids(time)));
        Map<String, Tensor> inputs = new HashMap<>(conditions);
        int frames = state.length / LogMel.BANDS;
        inputs.put(VelocityGraph.STATE, Tensor.floats(state, 1, frames, LogMel.BANDS));
        inputs.put(Transformer.MODULATION, StepGraph.row(table, 0));
        inputs.put(PatchGraph.TIME, Tensor.floats(new float[] {time}, 1));
        return run(graphs.velocity(), inputs).toFloats();
    }

    private static Tensor run(Model model, Map<String, Tensor> inputs) {
        return Objects.requireNonNull(ENGINE.evaluate(model, inputs).values().iterator().next());
    }
}
