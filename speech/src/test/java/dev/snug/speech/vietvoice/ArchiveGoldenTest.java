package dev.snug.speech.vietvoice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.snug.onnx.Port;
import dev.snug.onnx.format.ModelReader;
import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.bundle.Manifest;
import dev.snug.speech.Golden;
import dev.snug.speech.StageGolden;
import dev.snug.speech.bundle.SpeechSettings;
import dev.snug.speech.bundle.Voice;
import dev.snug.speech.network.Conditions;
import dev.snug.speech.network.Sampling;
import dev.snug.speech.network.StepListener;
import dev.snug.speech.schedule.Schedule;
import dev.snug.speech.sound.CosineJoin;
import dev.snug.speech.sound.Levels;
import dev.snug.speech.sound.Recording;
import dev.snug.speech.sound.WavReader;
import dev.snug.speech.text.Chunk;
import dev.snug.speech.text.Pace;
import dev.snug.speech.text.Passage;
import dev.snug.speech.text.Reference;
import dev.snug.speech.text.VietVoiceText;
import dev.snug.speech.text.Vocabulary;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
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
        assertThat(bundle.manifest().measuredBytes()).containsKey("velocity.load.anonymous");
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
        ArchiveNetworks networks = Archive.networks(bundle);
        Conditions conditions =
                networks.conditions(
                        networks.mel(Golden.reference()), CASE.wholes("text_ids"), FRAMES);
        Schedule schedule = networks.schedule(Schedule.Kind.UNIFORM, networks.stepsDefault());
        assertThat(schedule).isEqualTo(Schedule.export());
        float[] mel =
                networks.sample(
                        conditions,
                        Golden.floats("noise"),
                        new Sampling(schedule, Sampling.GUIDANCE, Set.of()),
                        StepListener.NONE);
        assertThat(Golden.distance(mel, Archive.floats("ort_x_step31"))).isLessThan(3e-5);
        float[] sound = networks.sound(mel, REFERENCE_FRAMES);
        Archive.assertSameWave(sound, Archive.shorts("ort_wave_int16"));
    }

    @Test
    void wholeTextsSoundAsTheEngineOfTheArchiveMadeThem() throws IOException {
        ArchiveNetworks networks = Archive.networks(bundle);
        for (StageGolden run : StageGolden.models().rows("vietvoice_e2e")) {
            short[] joined = spoken(networks, run);
            float[] values = new float[joined.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = joined[i] / 32_767f;
            }
            Archive.assertSameWave(values, Archive.shorts(run.text("array")));
        }
    }

    private static short[] spoken(ArchiveNetworks networks, StageGolden run) throws IOException {
        Voice voice = voice(run.text("voice").replace(".wav", ""));
        Recording recording = WavReader.read(bundle.file(voice.file()), 15);
        short[] level = Levels.normalized(recording.samples());
        float[] reference = new float[level.length];
        for (int i = 0; i < reference.length; i++) {
            reference[i] = level[i] / 32_768f;
        }
        Reference said = new Reference(voice.text(), reference.length);
        Pace pace =
                new Pace(
                        run.number("speed"),
                        run.number("max_chunk_duration"),
                        run.number("min_target_duration"),
                        OptionalDouble.empty());
        List<Chunk> chunks =
                new VietVoiceText(Vocabulary.read(bundle.file(SpeechSettings.VOCABULARY_FILE)))
                        .script(new Passage(run.text("text")), said, pace)
                        .chunks();
        float[] mel = networks.mel(reference);
        CosineJoin join = new CosineJoin(chunks.size(), CosineJoin.OVERLAP_SAMPLES);
        List<short[]> parts = new ArrayList<>();
        for (int i = 0; i < chunks.size(); i++) {
            StageGolden wanted = run.rows("chunks").get(i);
            Chunk chunk = chunks.get(i);
            long seed = Long.parseLong(wanted.text("noise").replace("lcg seed ", ""));
            float[] done =
                    networks.sample(
                            networks.conditions(mel, chunk.tokens().ids(), chunk.frames()),
                            Archive.noise(seed, chunk.frames() * 100),
                            new Sampling(Schedule.export(), Sampling.GUIDANCE, Set.of()),
                            StepListener.NONE);
            short[] wave = pcm(networks.sound(done, said.frames()));
            assertThat(wave).hasSize(wanted.whole("samples"));
            assertThat(level(wave)).isCloseTo(wanted.number("rms"), withinUnits());
            parts.add(join.add(wave));
        }
        parts.add(join.finish());
        return concatenated(parts);
    }

    private static Offset<Double> withinUnits() {
        return within(0.05);
    }

    private static double level(short[] wave) {
        double sum = 0;
        for (short sample : wave) {
            sum += (double) sample * sample;
        }
        return Math.sqrt(sum / wave.length);
    }

    private static Voice voice(String name) {
        return Archive.settings(bundle).voices().stream()
                .filter(voice -> voice.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static short[] pcm(float[] sound) {
        short[] samples = new short[sound.length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) Math.round(Math.clamp(sound[i], -1, 1) * 32_767);
        }
        return samples;
    }

    private static short[] concatenated(List<short[]> parts) {
        short[] whole = new short[parts.stream().mapToInt(part -> part.length).sum()];
        int at = 0;
        for (short[] part : parts) {
            System.arraycopy(part, 0, whole, at, part.length);
            at += part.length;
        }
        return whole;
    }

    @Test
    void fewerStepsAndNoGuidanceStillReachTheEnd() {
        ArchiveNetworks networks = Archive.networks(bundle);
        Conditions conditions =
                networks.conditions(
                        networks.mel(Golden.reference()), CASE.wholes("text_ids"), FRAMES);
        float[] noise = Golden.floats("noise");
        Schedule seven = networks.schedule(Schedule.Kind.EPSS, 7);
        assertThat(seven.times()[7]).isEqualTo(1);
        float[] guided = sample(networks, conditions, noise, new Sampling(seven, 2, Set.of()));
        float[] skipped = sample(networks, conditions, noise, new Sampling(seven, 2, Set.of(5, 6)));
        float[] free = sample(networks, conditions, noise, new Sampling(seven, 0, Set.of()));
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
            ArchiveNetworks networks, Conditions conditions, float[] noise, Sampling sampling) {
        return networks.sample(conditions, noise, sampling, StepListener.NONE);
    }

    @Test
    void whatTheGridDoesNotHoldIsRefused() {
        ArchiveNetworks networks = Archive.networks(bundle);
        assertThatThrownBy(() -> networks.schedule(Schedule.Kind.UNIFORM, 32))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("1 to 31");
        Conditions conditions =
                networks.conditions(
                        networks.mel(Golden.reference()), CASE.wholes("text_ids"), FRAMES);
        Sampling between = new Sampling(Schedule.uniform(16, Schedule.SWAY), 2, Set.of());
        assertThatThrownBy(() -> sample(networks, conditions, Golden.floats("noise"), between))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("knows no step at t = ");
    }
}
