package dev.snug.speech.f5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.onnx.Evaluator;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.format.TensorFile;
import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.session.OrtEvaluator;
import dev.snug.runtime.session.SessionSettings;
import dev.snug.runtime.session.SessionSettings.Optimization;
import dev.snug.speech.Golden;
import dev.snug.speech.StageGolden;
import dev.snug.speech.bundle.SpeechSettings;
import dev.snug.speech.network.Conditions;
import dev.snug.speech.network.GuidanceSteps;
import dev.snug.speech.network.Networks;
import dev.snug.speech.network.Sampling;
import dev.snug.speech.network.StepListener;
import dev.snug.speech.safetensors.SafeTensors;
import dev.snug.speech.schedule.Schedule;
import dev.snug.speech.sound.Lcg;
import dev.snug.speech.text.Tokens;
import dev.snug.speech.text.Vocabulary;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;

/**
 * The way from a checkpoint through an installed bundle to sound. The oracle is the official F5-TTS
 * on the same weights, noise and text, within the tolerances of the golden README; for other sizes
 * it is the graphs of the checkpoint, evaluated without a bundle.
 */
class F5NetworksTest {
    private static final SessionSettings PREPACKED =
            new SessionSettings(1, 1, Optimization.ALL, false, false, false);

    private static final Evaluator ENGINE = new OrtEvaluator();

    @TempDir Path folder;

    @Test
    void theOfficialProgramSaysTheSame() throws IOException {
        StageGolden official = StageGolden.models().member("official_e2e");
        Bundle bundle = installed(CheckpointFolder.golden(folder.resolve("a")), null);
        Networks networks = networks(bundle, SessionSettings.MAPPED);
        Tokens tokens =
                Vocabulary.read(bundle.file(SpeechSettings.VOCABULARY_FILE))
                        .tokens(official.texts("tokens"));
        int frames = official.whole("frames_total");

        float[] mel = networks.mel(Golden.reference());
        Conditions conditions = networks.conditions(mel, tokens, frames);
        float[] whole =
                networks.sample(
                        conditions,
                        Lcg.values(3931, frames * Networks.BANDS),
                        sampling(networks, Schedule.Kind.UNIFORM, official.whole("steps")),
                        StepListener.NONE);
        System.arraycopy(mel, 0, whole, 0, mel.length);
        float[] wave = networks.sound(whole, mel.length / Networks.BANDS);

        assertThat(tokens.unknown()).isEmpty();
        assertThat(Golden.distance(wave, Golden.floats("wave_official_e2e"))).isLessThan(3e-5);
    }

    @ParameterizedTest
    @CsvSource({
        "V1,EPSS,7,2,mel_v1_epss7",
        "V1,EPSS,7,0,mel_v1_epss7_cfg0",
        "V0,EPSS,7,2,mel_v0_epss7",
    })
    void anInstalledModelMakesTheOfficialSamples(
            F5Version version, Schedule.Kind kind, int steps, float guidance, String expected)
            throws IOException {
        Path source = CheckpointFolder.golden(folder.resolve("a"));
        if (version == F5Version.V0) {
            String yaml = Files.readString(source.resolve("model.yaml"));
            Files.writeString(
                    source.resolve("model.yaml"),
                    yaml.replace("text_mask_padding: true", "text_mask_padding: false")
                            .replace("pe_attn_head: null", "pe_attn_head: 1"));
        }
        Networks networks = networks(installed(source, null), PREPACKED);
        Tokens tokens = tokens();
        Conditions conditions = networks.conditions(Golden.floats("ref_log_mel"), tokens, 269);

        float[] mel =
                networks.sample(
                        conditions,
                        Golden.floats("noise"),
                        new Sampling(networks.schedule(kind, steps), guidance, GuidanceSteps.ALL),
                        StepListener.NONE);

        // The official program gives its samples out with the reference as it was.
        float[] reference = Golden.floats("ref_log_mel");
        System.arraycopy(reference, 0, mel, 0, reference.length);
        assertThat(Golden.distance(mel, Golden.floats(expected))).isLessThan(3e-5);
    }

    private static Tokens tokens() throws IOException {
        StageGolden main = StageGolden.models().member("case");
        return Vocabulary.read(StageGolden.file("vocab.txt")).characters(main.text("text_of_ids"));
    }

    @ParameterizedTest
    @CsvSource({"192,3,3,96,3,51,V1", "192,3,3,96,3,51,V0", "64,22,1,32,1,6,V1"})
    void otherSizesRunAsTheirGraphsDo(
            int dim, int depth, int heads, int textDim, int blocks, int tokens, F5Version version)
            throws IOException {
        F5Sizes sizes =
                new F5Sizes(new TransformerSizes(dim, depth, heads), 100, textDim, blocks, tokens);
        Path source = CheckpointFolder.random(folder.resolve("b"), sizes, dim + depth);
        Bundle bundle = installed(source, version);
        SpeechSettings settings =
                SpeechSettings.parse(bundle.manifest().settings(), "the manifest");
        Networks networks = networks(bundle, SessionSettings.MAPPED);
        Tokens ids = Tokens.of(0, 3, 1, 4, 2);
        float[] reference = Lcg.values(7, 9 * Networks.BANDS);
        float[] noise = Lcg.values(8, 40 * Networks.BANDS);

        Conditions conditions = networks.conditions(reference, ids, 40);
        // Three steps are not of the table: their rows are computed.
        Schedule schedule = networks.schedule(Schedule.Kind.UNIFORM, 3);
        float[] mel =
                networks.sample(
                        conditions,
                        noise,
                        new Sampling(schedule, 2, GuidanceSteps.without(Set.of(1))),
                        StepListener.NONE);

        assertThat(F5Layout.parse(settings.layout(), "").sizes()).isEqualTo(sizes);
        assertThat(settings.folded() && settings.fused()).isTrue();
        assertThat(mel).hasSameSizeAs(noise);
        for (float value : networks.sound(mel, 9)) {
            assertThat(value).isFinite();
        }
        assertThat(networks.sound(mel, 9)).hasSize(31 * LogMel.HOP);
        assertThat(
                        Golden.distance(
                                mel,
                                direct(source, version, ids.ids(), reference, noise, schedule)))
                .isLessThan(1e-5);
    }

    /** Euler's method over the graphs as the checkpoint gives them, guided but on step 1. */
    private float[] direct(
            Path source,
            F5Version version,
            int[] ids,
            float[] reference,
            float[] noise,
            Schedule schedule)
            throws IOException {
        try (Arena arena = Arena.ofShared();
                SafeTensors file = SafeTensors.open(source.resolve("weights.safetensors"));
                TensorFile made = TensorFile.create(folder, arena)) {
            F5Checkpoint graphs = F5Checkpoint.read(file, version, made);
            float[] state = noise.clone();
            for (int step = 0; step < schedule.steps(); step++) {
                float[] yes = velocity(graphs, ids, reference, state, schedule, step, true);
                float[] no = velocity(graphs, ids, reference, state, schedule, step, false);
                for (int i = 0; i < state.length; i++) {
                    float guided = step == 1 ? yes[i] : yes[i] + 2 * (yes[i] - no[i]);
                    state[i] += schedule.delta(step) * guided;
                }
            }
            return state;
        }
    }

    private static float[] velocity(
            F5Checkpoint graphs,
            int[] ids,
            float[] reference,
            float[] state,
            Schedule schedule,
            int step,
            boolean conditional) {
        int frames = state.length / Networks.BANDS;
        Map<String, Tensor> text =
                ENGINE.evaluate(
                        graphs.text(),
                        TextGraph.inputs(
                                graphs.sizes(), graphs.version(), ids, frames, !conditional));
        Tensor row =
                only(
                        ENGINE.evaluate(
                                graphs.steps(),
                                Map.of(
                                        StepGraph.SINUSOIDS,
                                        StepGraph.sinusoids(schedule.times()[step]))));
        float[] mel = new float[state.length];
        System.arraycopy(reference, 0, mel, 0, conditional ? reference.length : 0);
        Map<String, Tensor> inputs = new HashMap<>();
        inputs.put(VelocityGraph.STATE, Tensor.floats(state, 1, frames, Networks.BANDS));
        inputs.put(VelocityGraph.CONDITION, Tensor.floats(mel, 1, frames, Networks.BANDS));
        inputs.put(VelocityGraph.TEXT, only(text));
        inputs.put(Transformer.MODULATION, StepGraph.row(row, 0));
        inputs.put(Transformer.COSINES, Rotation.of(frames).cosines());
        inputs.put(Transformer.SINES, Rotation.of(frames).sines());
        return only(ENGINE.evaluate(graphs.velocity(), inputs)).toFloats();
    }

    private static Tensor only(Map<String, Tensor> results) {
        return results.values().iterator().next();
    }

    @Test
    void aListenerEndsTheSampling() throws IOException {
        Networks networks =
                networks(
                        installed(CheckpointFolder.golden(folder.resolve("a")), null),
                        SessionSettings.MAPPED);
        Conditions conditions = networks.conditions(Golden.floats("ref_log_mel"), tokens(), 269);
        int[] begun = {0};

        assertThatThrownBy(
                        () ->
                                networks.sample(
                                        conditions,
                                        Golden.floats("noise"),
                                        sampling(networks, Schedule.Kind.EPSS, 7),
                                        (step, steps) -> {
                                            begun[0]++;
                                            if (step == 2) {
                                                throw new CancellationException();
                                            }
                                        }))
                .isInstanceOf(CancellationException.class);
        assertThat(begun[0]).isEqualTo(3);
    }

    @Test
    void whatDoesNotFitIsRefusedBeforeASessionOpens() throws IOException {
        Networks networks =
                networks(
                        installed(CheckpointFolder.golden(folder.resolve("a")), null),
                        SessionSettings.MAPPED);
        float[] mel = Golden.floats("ref_log_mel");

        assertThatThrownBy(() -> networks.conditions(mel, Tokens.of(1), 141))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> networks.conditions(mel, Tokens.of(1), 1 << 30))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> networks.sound(mel, 141))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(networks.stepsDefault()).isEqualTo(32);
    }

    private static Sampling sampling(Networks networks, Schedule.Kind kind, int steps) {
        return new Sampling(networks.schedule(kind, steps), Sampling.GUIDANCE, GuidanceSteps.ALL);
    }

    private static Networks networks(Bundle bundle, SessionSettings settings) {
        return new F5Networks(
                bundle,
                SpeechSettings.parse(bundle.manifest().settings(), "the manifest"),
                settings);
    }

    private Bundle installed(Path source, @Nullable F5Version version) {
        return CheckpointFolder.installed(source, version, folder.resolve("home"));
    }
}
