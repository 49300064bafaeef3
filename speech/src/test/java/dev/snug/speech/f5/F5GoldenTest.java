package dev.snug.speech.f5;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.onnx.Evaluator;
import dev.snug.onnx.Model;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.format.ModelWriter;
import dev.snug.onnx.format.TensorFile;
import dev.snug.onnx.format.WeightsWriter;
import dev.snug.runtime.session.OrtEvaluator;
import dev.snug.runtime.session.Session;
import dev.snug.runtime.session.SessionSettings;
import dev.snug.speech.Golden;
import dev.snug.speech.network.EulerSampler;
import dev.snug.speech.network.EulerSampler.Branch;
import dev.snug.speech.network.GuidanceSteps;
import dev.snug.speech.network.Sampling;
import dev.snug.speech.network.StepListener;
import dev.snug.speech.safetensors.SafeTensors;
import dev.snug.speech.schedule.Schedule;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Each graph and whole samples against what the official F5-TTS computed with the same weights and
 * noise: the oracle is its torch code, the tolerances are those of the golden README.
 */
class F5GoldenTest {
    private static final int FRAMES = 269;
    private static final int REFERENCE_FRAMES = 141;

    /** Of "Xin chào các bạn.Về nhà thôi em." */
    private static final int[] IDS = {
        53, 9, 14, 0, 3, 8, 82, 15, 0, 3, 83, 3, 0, 2, 86, 14, 66, 51, 106, 0, 14, 8, 82, 0, 20, 8,
        121, 9, 0, 5, 13, 66
    };

    private static final Evaluator ENGINE = new OrtEvaluator();
    private static final Map<F5Version, F5Checkpoint> CHECKPOINTS = new EnumMap<>(F5Version.class);

    @TempDir static Path folder;
    private static final Arena ARENA = Arena.ofShared();
    private static SafeTensors file;

    @BeforeAll
    static void read() throws IOException {
        file = SafeTensors.open(Golden.file("model.safetensors"));
        for (F5Version version : F5Version.values()) {
            try (TensorFile made = TensorFile.create(folder, ARENA)) {
                CHECKPOINTS.put(version, F5Checkpoint.read(file, version, made));
            }
        }
    }

    @AfterAll
    static void close() {
        file.close();
        ARENA.close();
    }

    @Test
    void sizesAreReadOffTheWeights() {
        assertThat(checkpoint(F5Version.V1).sizes())
                .isEqualTo(new F5Sizes(new TransformerSizes(128, 2, 2), 100, 64, 2, 220));
    }

    @Test
    void rotationTablesAreTheOfficialOnes() {
        Rotation rotation = Rotation.of(FRAMES);
        assertThat(Golden.distance(rotation.cosines().toFloats(), Golden.floats("rope_cos")))
                .isLessThan(1e-5);
        assertThat(Golden.distance(rotation.sines().toFloats(), Golden.floats("rope_sin")))
                .isLessThan(1e-5);
    }

    @ParameterizedTest
    @CsvSource({"V0,false", "V0,true", "V1,false", "V1,true"})
    void theTextEmbeddingIsTheOfficialOne(F5Version version, boolean dropped) {
        String name = "text_" + lower(version) + (dropped ? "_drop" : "_cond");
        assertThat(Golden.distance(text(version, dropped).toFloats(), Golden.floats(name)))
                .isLessThan(3e-6);
    }

    @ParameterizedTest
    @CsvSource({
        "V1,0,vel_v1_t000",
        "V1,0.37,vel_v1_t037",
        "V0,0,vel_v0_t000",
        "V0,0.37,vel_v0_t037",
    })
    void theVelocityIsTheOfficialOne(F5Version version, float time, String name) {
        F5Checkpoint checkpoint = checkpoint(version);
        Tensor table = table(checkpoint, time);
        for (Branch branch : Branch.values()) {
            Map<String, Tensor> inputs = branchInputs(version, branch);
            inputs.put(VelocityGraph.STATE, frames(Golden.floats("noise")));
            inputs.put(Transformer.MODULATION, StepGraph.row(table, 0));
            Tensor velocity =
                    of(ENGINE.evaluate(checkpoint.velocity(), inputs), VelocityGraph.VELOCITY);
            String expected = name + (branch == Branch.CONDITIONAL ? "_cond" : "_uncond");
            assertThat(Golden.distance(velocity.toFloats(), Golden.floats(expected)))
                    .as(expected)
                    .isLessThan(1e-5);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "V1,2,7,true,mel_v1_epss7",
        "V0,2,7,true,mel_v0_epss7",
        "V1,0,7,true,mel_v1_epss7_cfg0",
        "V1,2,16,false,mel_v1_uniform16",
        "V1,2,32,false,mel_v1_uniform32",
    })
    void theWholeSampleIsTheOfficialOne(
            F5Version version, float guidance, int steps, boolean pruned, String name)
            throws IOException {
        Schedule schedule =
                pruned
                        ? Schedule.epss(steps, Schedule.SWAY)
                        : Schedule.uniform(steps, Schedule.SWAY);
        float[] sample = sample(version, schedule, guidance);
        float[] reference = Golden.floats("ref_log_mel");
        System.arraycopy(reference, 0, sample, 0, reference.length);
        assertThat(Golden.distance(sample, Golden.floats(name))).isLessThan(3e-5);
    }

    @ParameterizedTest
    @EnumSource(F5Version.class)
    void theWeightsAreMappedAndOnlySmallTablesAreNot(F5Version version) {
        F5Checkpoint checkpoint = checkpoint(version);
        for (Model model : new Model[] {checkpoint.velocity(), checkpoint.text()}) {
            assertThat(model.graph().initializers().values())
                    .filteredOn(tensor -> tensor.byteSize() >= 4096)
                    .isNotEmpty()
                    .allMatch(tensor -> tensor.bytes().isDirect());
        }
    }

    private static float[] sample(F5Version version, Schedule schedule, float guidance)
            throws IOException {
        F5Checkpoint checkpoint = checkpoint(version);
        Tensor table = table(checkpoint, Arrays.copyOf(schedule.times(), schedule.steps()));
        Map<Branch, Map<String, Tensor>> branches = new EnumMap<>(Branch.class);
        for (Branch branch : Branch.values()) {
            branches.put(branch, branchInputs(version, branch));
        }
        try (Session session = Session.open(written(checkpoint), SessionSettings.MAPPED);
                Session.Lease lease = session.acquire()) {
            return EulerSampler.sample(
                    Golden.floats("noise"),
                    new Sampling(schedule, guidance, GuidanceSteps.ALL),
                    (step, state, branch) -> {
                        Map<String, Tensor> inputs = new HashMap<>(of(branches, branch));
                        inputs.put(VelocityGraph.STATE, frames(state));
                        inputs.put(Transformer.MODULATION, StepGraph.row(table, step));
                        return of(
                                        lease.run(inputs, Set.of(VelocityGraph.VELOCITY)),
                                        VelocityGraph.VELOCITY)
                                .toFloats();
                    },
                    StepListener.NONE);
        }
    }

    /** The velocity as it is installed: a graph and its weights beside it. */
    private static Path written(F5Checkpoint checkpoint) throws IOException {
        Path model = Files.createTempDirectory(folder, "f5-").resolve("velocity.onnx");
        try (WeightsWriter weights =
                WeightsWriter.create(model.resolveSibling("velocity.weights"))) {
            ModelWriter.write(checkpoint.velocity(), model, weights);
        }
        return model;
    }

    /** All inputs of a branch that stay the same over the steps. */
    private static Map<String, Tensor> branchInputs(F5Version version, Branch branch) {
        boolean dropped = branch == Branch.UNCONDITIONAL;
        float[] mel = new float[FRAMES * 100];
        if (!dropped) {
            System.arraycopy(Golden.floats("ref_log_mel"), 0, mel, 0, REFERENCE_FRAMES * 100);
        }
        Rotation rotation = Rotation.of(FRAMES);
        Map<String, Tensor> inputs = new HashMap<>();
        inputs.put(Transformer.COSINES, rotation.cosines());
        inputs.put(Transformer.SINES, rotation.sines());
        inputs.put(VelocityGraph.CONDITION, frames(mel));
        inputs.put(VelocityGraph.TEXT, text(version, dropped));
        return inputs;
    }

    private static Tensor text(F5Version version, boolean dropped) {
        F5Checkpoint checkpoint = checkpoint(version);
        return of(
                ENGINE.evaluate(
                        checkpoint.text(),
                        TextGraph.inputs(checkpoint.sizes(), version, IDS, FRAMES, dropped)),
                TextGraph.EMBEDDING);
    }

    private static Tensor table(F5Checkpoint checkpoint, float... times) {
        return of(
                ENGINE.evaluate(
                        checkpoint.steps(),
                        Map.of(StepGraph.SINUSOIDS, StepGraph.sinusoids(times))),
                StepGraph.TABLE);
    }

    private static F5Checkpoint checkpoint(F5Version version) {
        return of(CHECKPOINTS, version);
    }

    private static <K, V> V of(Map<K, V> map, K key) {
        V value = map.get(key);
        if (value == null) {
            throw new AssertionError("no " + key);
        }
        return value;
    }

    private static Tensor frames(float[] values) {
        return Tensor.floats(values, 1, FRAMES, values.length / FRAMES);
    }

    private static String lower(F5Version version) {
        return version.name().toLowerCase(Locale.ROOT);
    }
}
