package dev.snug.speech.aligned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.session.SessionSettings;
import dev.snug.speech.Compat;
import dev.snug.speech.Golden;
import dev.snug.speech.NetworksOpening;
import dev.snug.speech.NoiseSource;
import dev.snug.speech.Rules;
import dev.snug.speech.SamplingWish;
import dev.snug.speech.Speaker;
import dev.snug.speech.SpeechPlan;
import dev.snug.speech.SpeechRequest;
import dev.snug.speech.VoiceSample;
import dev.snug.speech.bundle.SpeechSettings;
import dev.snug.speech.bundle.SpeechSettings.Family;
import dev.snug.speech.network.Conditions;
import dev.snug.speech.network.GuidanceSteps;
import dev.snug.speech.network.Networks;
import dev.snug.speech.network.Sampling;
import dev.snug.speech.network.StepListener;
import dev.snug.speech.safetensors.CheckpointException;
import dev.snug.speech.schedule.Schedule;
import dev.snug.speech.sound.Noise;
import dev.snug.speech.text.Passage;
import dev.snug.speech.text.Tokens;
import dev.snug.speech.text.Vocabulary;
import dev.snug.speech.voice.ReferenceAudio;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The way from an export through an installed bundle to sound. The oracle is the golden data of the
 * same weights; their values there are float16 already, so that storing them so changes none.
 */
class AlignedImportTest {
    @TempDir Path folder;

    @Test
    void anInstalledModelMakesTheGoldenSampleAndItsSound() throws IOException {
        Bundle bundle = installed();
        Networks networks = networks(bundle);
        Conditions conditions =
                networks.conditions(
                        AlignedFolder.golden("reference_mel"),
                        tokens(bundle),
                        AlignedFolder.FRAMES_ODD);
        float[] mel =
                networks.sample(
                        conditions,
                        AlignedFolder.golden("noise"),
                        new Sampling(
                                networks.schedule(Schedule.Kind.EPSS, 4), 1, GuidanceSteps.ALL),
                        StepListener.NONE);

        assertThat(Golden.distance(mel, AlignedFolder.golden("mel"))).isLessThan(3e-5);
        assertThat(
                        Golden.distance(
                                networks.sound(mel, AlignedFolder.REFERENCE_FRAMES),
                                AlignedFolder.golden("wave")))
                .isLessThan(1e-4);
    }

    private static Tokens tokens(Bundle bundle) throws IOException {
        Vocabulary vocabulary = Vocabulary.read(bundle.file(SpeechSettings.VOCABULARY_FILE));
        return vocabulary
                .characters(" " + AlignedFolder.CHUNK_TEXT)
                .behind(vocabulary.characters(AlignedFolder.REFERENCE_TEXT));
    }

    @Test
    void whatWasMeasuredOfItComesAlong() throws IOException {
        Path source = AlignedFolder.copy(folder.resolve("export"));
        Path quality = source.resolve("quality.json");
        Files.writeString(quality, "{\"format\": 1}");
        Bundle bundle = AlignedFolder.installed(source, folder.resolve("home"));

        assertThat(bundle.file("quality.json")).hasSameBinaryContentAs(quality);
        Files.writeString(quality, "{");
        assertThatThrownBy(() -> AlignedFolder.installed(source, folder.resolve("home")))
                .isInstanceOf(CheckpointException.class)
                .hasMessageContaining("quality.json");
    }

    @Test
    void theBundleSaysWhatItIs() throws IOException {
        Bundle bundle = installed();
        SpeechSettings settings = AlignedFolder.settings(bundle);
        Networks networks = networks(bundle);

        assertThat(settings.family()).isEqualTo(Family.ALIGNED);
        assertThat(settings.voices()).extracting("name").containsExactly("female-north");
        assertThat(bundle.manifest().licence()).isEqualTo("Apache-2.0");
        assertThat(bundle.manifest().source()).contains("training/golden.py");
        assertThat(networks.stepsDefault()).isEqualTo(7);
        assertThat(networks.guidanceDefault()).isEqualTo(1);
        assertThat(networks.scheduleDefault()).isEqualTo(Schedule.Kind.EPSS);
    }

    @Test
    void whichStepsNeedNoGuidanceIsTheModelsOwnWhereNobodySaysAnythingOfSteps() throws IOException {
        Path source = AlignedFolder.copy(folder.resolve("export"));
        Path settings = source.resolve("settings.json");
        Files.writeString(
                settings,
                Files.readString(settings)
                        .replace(
                                quoted("'epss'"),
                                quoted(
                                        "'epss', 'unguided_steps': [0, 3],"
                                                + " 'reused_guidance_steps': [2, 4]")));
        Networks networks = networks(AlignedFolder.installed(source, folder.resolve("home")));

        assertThat(SamplingWish.DEFAULT.under(Compat.NONE, networks).guidanceSteps())
                .isEqualTo(new GuidanceSteps(Set.of(0, 3), Set.of(2, 4)));
        assertThat(SamplingWish.DEFAULT.withSteps(7).under(Compat.NONE, networks).guidanceSteps())
                .isEqualTo(GuidanceSteps.ALL);
        assertThat(networks(installed()).guidanceStepsDefault()).isEqualTo(GuidanceSteps.ALL);
    }

    @Test
    void networksThatAreKeptMakeTheSameSoundForEachChunk() throws IOException {
        Bundle bundle = installed();
        float[] expected = sound(networks(bundle), bundle);
        try (Networks kept = networks(bundle).keeping()) {
            assertThat(sound(kept, bundle)).isEqualTo(expected);
            assertThat(sound(kept, bundle)).as("again, of the same sessions").isEqualTo(expected);
        }
    }

    /** The golden chunk, from noise to sound. */
    private static float[] sound(Networks networks, Bundle bundle) throws IOException {
        Conditions conditions =
                networks.conditions(
                        AlignedFolder.golden("reference_mel"),
                        tokens(bundle),
                        AlignedFolder.FRAMES_ODD);
        float[] mel =
                networks.sample(
                        conditions,
                        AlignedFolder.golden("noise"),
                        new Sampling(
                                networks.schedule(Schedule.Kind.EPSS, 4), 1, GuidanceSteps.ALL),
                        StepListener.NONE);
        return networks.sound(mel, AlignedFolder.REFERENCE_FRAMES);
    }

    @Test
    void theWeightsTakeHalfTheBytesOfFloat32() throws IOException {
        Bundle bundle = installed();
        long parameters = bundle.manifest().parameters();
        long weights = 0;
        for (String role : List.of("durations", "text", "velocity", "steps", "vocoder")) {
            weights += Files.size(bundle.file(role + ".weights"));
        }

        assertThat(parameters).isGreaterThan(600_000);
        assertThat(weights).isBetween(2 * parameters, 2 * parameters + parameters / 10);
    }

    @Test
    void anInstalledModelSpeaksWithItsOwnDefaults() throws IOException {
        Bundle bundle = installed();
        SpeechSettings settings = AlignedFolder.settings(bundle);
        Speaker speaker =
                Speaker.open(bundle, settings, SessionSettings.MAPPED, NetworksOpening.BY_FAMILY);
        SpeechRequest request =
                SpeechRequest.plain(
                        Passage.composed("Hai ba. Một tiếng."),
                        new VoiceSample(
                                "female-north",
                                ReferenceAudio.read(bundle.file("female-north.wav")),
                                settings.voices().getFirst().text()),
                        Rules.of(Compat.NONE, settings.family()),
                        noise());

        SpeechPlan plan = speaker.plan(request);
        List<short[]> parts = new ArrayList<>();
        long samples = speaker.speak(request, parts::add).samples();

        assertThat(plan.sampling().guidance()).isEqualTo(1);
        assertThat(plan.sampling().schedule()).isEqualTo(Schedule.of(Schedule.Kind.EPSS, 7));
        int frames = plan.script().chunks().getFirst().frames() - plan.reference().frames();
        assertThat(plan.script().chunks()).hasSize(1);
        assertThat(samples).isEqualTo(frames * 256L);
    }

    private static NoiseSource noise() {
        return new Noise(1)::values;
    }

    @Test
    void theRulesOfOtherSystemsAreRefused() {
        for (Compat other : List.of(Compat.F5, Compat.VIETVOICE)) {
            assertThatThrownBy(() -> Rules.of(other, Family.ALIGNED))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("leave out --compat");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'aligned' | 'f5' | kind is 'f5'",
                "'patch': 2 | 'patch': 3 | 3 frames a token",
                "'patch': 2 | 'patch': 9 | patch = 9 is out of range 1 to 8",
                "'steps': 7 | 'steps': 0 | steps = 0 is out of range 1 to 1000",
                "'guidance': 1.0 | 'guidance': 21 | guidance 21.0 is out of range",
                "'epss' | 'fast' | one of uniform, epss",
                "'epss' | 'epss','unguided_steps':[7] | unguided_steps: there is no step 7 among 7",
                "'epss' | 'epss','unguided_steps':[0.5] | 0.5 is no whole number",
                "'epss' | 'epss','reused_guidance_steps':[9] | reused_guidance_steps: there is no",
                "'epss' | 'epss','reused_guidance_steps':[0] | reused_guidance_steps: step 0 has",
                "'licence' | 'license' | lacks the key 'licence'",
                "female-north.wav | ../settings.json | not the plain name of a file",
                "female-north.wav | vocab.txt | the recording of voice female-north cannot be used",
            })
    void wrongSettingsAreRefusedWithTheirKey(String from, String to, String message)
            throws IOException {
        Path source = AlignedFolder.copy(folder.resolve("a"));
        Path settings = source.resolve("settings.json");
        String text = Files.readString(settings);
        assertThat(text).contains(quoted(from));
        Files.writeString(settings, text.replace(quoted(from), quoted(to)));

        assertThatThrownBy(() -> AlignedFolder.installed(source, folder.resolve("home")))
                .hasMessageContaining(message);
        assertThat(folder.resolve("home/models/test")).doesNotExist();
    }

    private static String quoted(String text) {
        return text.replace('\'', '"');
    }

    @Test
    void aVocabularyOfAnotherModelIsRefused() throws IOException {
        Path source = AlignedFolder.copy(folder.resolve("a"));
        Files.writeString(source.resolve("vocab.txt"), " \n,\n.\n");

        assertThatThrownBy(() -> AlignedFolder.installed(source, folder.resolve("home")))
                .hasMessageContaining("has 3 lines")
                .hasMessageContaining("rows for 19 tokens");
    }

    @Test
    void onlyAFolderWhoseSettingsSaySoIsAnExport() throws IOException {
        Path source = AlignedFolder.copy(folder.resolve("a"));
        assertThat(AlignedImport.is(source)).isTrue();
        Files.writeString(source.resolve("settings.json"), "{\"kind\": \"other\"}");
        assertThat(AlignedImport.is(source)).isFalse();
        Files.delete(source.resolve("settings.json"));
        assertThat(AlignedImport.is(source)).isFalse();
    }

    private Bundle installed() throws IOException {
        return AlignedFolder.installed(
                AlignedFolder.copy(folder.resolve("a")), folder.resolve("home"));
    }

    private static Networks networks(Bundle bundle) {
        return new AlignedNetworks(bundle, AlignedFolder.settings(bundle), SessionSettings.MAPPED);
    }
}
