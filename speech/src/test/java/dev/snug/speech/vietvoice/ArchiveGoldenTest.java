package dev.snug.speech.vietvoice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.onnx.Port;
import dev.snug.onnx.format.ModelReader;
import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.bundle.Manifest;
import dev.snug.speech.Golden;
import dev.snug.speech.StageGolden;
import dev.snug.speech.bundle.SpeechSettings;
import dev.snug.speech.network.Conditions;
import dev.snug.speech.network.GuidanceSteps;
import dev.snug.speech.network.Networks;
import dev.snug.speech.network.Sampling;
import dev.snug.speech.network.StepListener;
import dev.snug.speech.schedule.Schedule;
import dev.snug.speech.text.Tokens;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * The oracles are onnxruntime 1.31.1 for Python with the archive's graphs as they are (ort_*.npy)
 * and the engine of VietVoice-TTS (vietvoice_*_wave.npy) with written-down noise; tolerances are
 * those of the reference data's README.
 */
final class ArchiveGoldenTest {
    private static final StageGolden CASE = StageGolden.models().member("case");
    private static final int FRAMES = CASE.whole("frames_total");
    private static final int REFERENCE_FRAMES = CASE.whole("ref_frames_mel");

    @TempDir private static Path home;
    private static Bundle bundle;

    @BeforeAll
    static void importOnce() {
        bundle = Archive.imported(Archive.FILE, home);
    }

    @Test
    void theArchiveIsFoldedAndFused() {
        SpeechSettings settings = Archive.settings(bundle);
        assertThat(settings.notes()).isEmpty();
        assertThat(settings.folded()).isTrue();
        assertThat(settings.fused()).isTrue();
        assertThat(settings.family()).isEqualTo(SpeechSettings.Family.VIETVOICE);
        assertThat(settings.voices()).hasSize(6);
        assertThat(bundle.manifest().kind()).isEqualTo(SpeechSettings.KIND);
        assertThat(bundle.manifest().measured().bytes()).containsKey("velocity.load.anonymous");
    }

    @Test
    void onlyWhatABundleNeedsIsLeft() {
        assertThat(bundle.manifest().files().keySet())
                .contains("vocab.txt", "velocity.steps", "velocity.onnx", "velocity.weights")
                .contains("news_female_00.wav", "audiobook_male_05.wav")
                .noneMatch(file -> file.contains("transformer") || file.contains("json"));
        assertThat(bundle.manifest().graphs())
                .extracting(Manifest.GraphEntry::role)
                .containsExactly("mel", "text", "velocity", "vocoder");
    }

    @Test
    void theVelocityHasOneBranchAndNeitherStepNorWideRotaryTables() throws IOException {
        List<Port> inputs = ModelReader.read(bundle.file("velocity.onnx")).graph().inputs();
        // Noise, condition, two rotary tables; six vectors for each of two blocks, two at the end.
        assertThat(inputs).hasSize(4 + 6 * 2 + 2);
        assertThat(inputs.subList(0, 4))
                .extracting(port -> port.type().shape().rank())
                .containsExactly(3, 3, 2, 2);
        assertThat(inputs).noneMatch(port -> port.type().shape().rank() == 4);
        for (String graph : List.of("mel", "text", "velocity", "vocoder")) {
            assertThat(Files.size(bundle.file(graph + ".onnx"))).isLessThan(64 << 10);
        }
    }

    @Test
    void theMelIsThatOfTheArchive() throws IOException {
        float[] mel = Archive.networks(bundle).mel(Golden.reference());
        assertThat(Golden.distance(mel, Archive.floats("ort_log_mel"))).isLessThan(1e-5);
    }

    @Test
    void thirtyOneStepsAndTheSoundAreThoseOfTheArchive() throws IOException {
        Networks networks = Archive.networks(bundle);
        Conditions conditions =
                networks.conditions(
                        networks.mel(Golden.reference()),
                        Tokens.of(CASE.wholes("text_ids")),
                        FRAMES);
        Schedule schedule = networks.schedule(Schedule.Kind.UNIFORM, networks.stepsDefault());
        assertThat(schedule).isEqualTo(Schedule.export());
        float[] mel =
                networks.sample(
                        conditions,
                        Golden.floats("noise"),
                        new Sampling(schedule, Sampling.GUIDANCE, GuidanceSteps.ALL),
                        StepListener.NONE);
        assertThat(Golden.distance(mel, Archive.floats("ort_x_step31"))).isLessThan(3e-5);
        float[] sound = networks.sound(mel, REFERENCE_FRAMES);
        Archive.assertSameWave(sound, Archive.shorts("ort_wave_int16"));
    }

    @Test
    void fewerStepsAndNoGuidanceStillReachTheEnd() {
        Networks networks = Archive.networks(bundle);
        Conditions conditions =
                networks.conditions(
                        networks.mel(Golden.reference()),
                        Tokens.of(CASE.wholes("text_ids")),
                        FRAMES);
        float[] noise = Golden.floats("noise");
        Schedule seven = networks.schedule(Schedule.Kind.EPSS, 7);
        assertThat(seven.times()[7]).isEqualTo(1);
        float[] guided =
                sample(networks, conditions, noise, new Sampling(seven, 2, GuidanceSteps.ALL));
        float[] skipped =
                sample(
                        networks,
                        conditions,
                        noise,
                        new Sampling(seven, 2, GuidanceSteps.without(Set.of(5, 6))));
        float[] free =
                sample(networks, conditions, noise, new Sampling(seven, 0, GuidanceSteps.ALL));
        assertThat(Golden.distance(free, guided)).isBetween(1e-3, 2.0);
        assertThat(Golden.distance(skipped, guided)).isBetween(1e-4, 2.0);
        // The pruned grid of the official model lies within half a step of this one: 0.26 apart.
        float[] official = Golden.floats("mel_v1_epss7");
        int from = REFERENCE_FRAMES * 100;
        assertThat(
                        Golden.distance(
                                Arrays.copyOfRange(guided, from, guided.length),
                                Arrays.copyOfRange(official, from, official.length)))
                .isLessThan(0.35);
    }

    private static float[] sample(
            Networks networks, Conditions conditions, float[] noise, Sampling sampling) {
        return networks.sample(conditions, noise, sampling, StepListener.NONE);
    }

    @Test
    void whatTheGridDoesNotHoldIsRefused() {
        Networks networks = Archive.networks(bundle);
        assertThatThrownBy(() -> networks.schedule(Schedule.Kind.UNIFORM, 32))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 31");
        Conditions conditions =
                networks.conditions(
                        networks.mel(Golden.reference()),
                        Tokens.of(CASE.wholes("text_ids")),
                        FRAMES);
        Sampling between = new Sampling(Schedule.uniform(16, Schedule.SWAY), 2, GuidanceSteps.ALL);
        assertThatThrownBy(() -> sample(networks, conditions, Golden.floats("noise"), between))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("knows no step at t = ");
    }
}
