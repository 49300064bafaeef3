package dev.snug.speech.aligned;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.bundle.BundleStore;
import dev.snug.runtime.session.SessionSettings;
import dev.snug.speech.Compat;
import dev.snug.speech.GivenNoise;
import dev.snug.speech.Golden;
import dev.snug.speech.NetworksOpening;
import dev.snug.speech.Rules;
import dev.snug.speech.SamplingWish;
import dev.snug.speech.Speaker;
import dev.snug.speech.SpeechListener;
import dev.snug.speech.SpeechPlan;
import dev.snug.speech.SpeechRequest;
import dev.snug.speech.StageObserver;
import dev.snug.speech.VoiceSample;
import dev.snug.speech.bundle.SpeechSettings.Family;
import dev.snug.speech.network.GuidanceSteps;
import dev.snug.speech.schedule.Schedule;
import dev.snug.speech.sound.Noise;
import dev.snug.speech.text.Passage;
import dev.snug.speech.voice.ListedVoice;
import dev.snug.speech.voice.ReferenceAudio;
import dev.snug.speech.voice.VoiceBook;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The trained voice that ships with Snug. The oracles are PyTorch on the same weights, float16 too
 * ({@code training/golden_voice.py}), and espeak-ng itself.
 */
class ShippedVoiceTest {
    private static final String MODEL = "snug-vi";

    /** What PyTorch was given. */
    private static final SamplingWish GOLDEN_STEPS =
            new SamplingWish(
                    OptionalInt.of(7),
                    Optional.of(Schedule.Kind.EPSS),
                    Optional.empty(),
                    GuidanceSteps.ALL);

    /** In the order of the golden styles. */
    private static final List<String> NAMES =
            List.of(
                    "female-north",
                    "female-central",
                    "female-south",
                    "male-north",
                    "male-central",
                    "male-south");

    @TempDir private static Path home;
    private static Bundle bundle;
    private static List<ListedVoice> voices;

    @BeforeAll
    static void open() {
        bundle = new BundleStore(home, Optional.of(Path.of("../models"))).open(MODEL);
        voices = VoiceBook.ofModel(bundle, AlignedFolder.settings(bundle));
    }

    /** 5e-7 and 2.5e-6 were measured; a wrong ε or GELU costs 2e-5. */
    @Test
    void itSaysWhatPyTorchSaysFromTheSameNoise() throws IOException {
        Heard heard = new Heard();
        GivenNoise noise = new GivenNoise(Golden.floats("../voice/noise"));

        speak("xin chào.", "female-north", noise, heard);

        assertThat(Golden.distance(heard.mel, Golden.floats("../voice/mel"))).isLessThan(1e-5);
        assertThat(Golden.distance(heard.wave, Golden.floats("../voice/wave"))).isLessThan(3e-5);
    }

    /** The nearest of espeak-ng's voices that say the same is the one it was trained on. */
    @Test
    void anotherReferenceIsAnotherVoice() throws IOException {
        float[] styles = Golden.floats("../voice/styles");
        for (String name : NAMES) {
            Heard heard = new Heard();
            speak("trời hôm nay đẹp quá, chúng ta đi dạo nhé.", name, null, heard);
            float[] said = Style.of(heard.spoken()).toFloats();

            assertThat(nearest(said, styles)).isEqualTo(name);
        }
    }

    private static void speak(String text, String name, @Nullable GivenNoise noise, Heard heard)
            throws IOException {
        ListedVoice voice =
                voices.stream().filter(v -> v.name().equals(name)).findFirst().orElseThrow();
        Rules rules = Rules.of(Compat.NONE, Family.ALIGNED);
        SpeechRequest request =
                new SpeechRequest(
                        new Passage(text),
                        new VoiceSample(name, ReferenceAudio.of(voice), voice.voice().text()),
                        rules,
                        rules.pace(),
                        noise == null ? SamplingWish.DEFAULT : GOLDEN_STEPS,
                        null,
                        new Noise(1)::values,
                        noise,
                        rules.crossFadeSamples());
        Speaker speaker =
                Speaker.open(
                        bundle,
                        AlignedFolder.settings(bundle),
                        SessionSettings.MAPPED,
                        NetworksOpening.BY_FAMILY);
        speaker.speak(speaker.plan(request), _ -> {}, SpeechListener.NONE, heard);
    }

    private static String nearest(float[] said, float[] styles) {
        return NAMES.stream()
                .min(
                        Comparator.comparingDouble(
                                name -> distance(said, styles, NAMES.indexOf(name) * said.length)))
                .orElseThrow();
    }

    private static double distance(float[] said, float[] styles, int first) {
        double sum = 0;
        for (int i = 0; i < said.length; i++) {
            sum += Math.pow(said[i] - styles[first + i], 2);
        }
        return sum;
    }

    /** Keeps what the only chunk made. */
    private static final class Heard implements StageObserver {
        private int referenceValues;
        private float[] mel = {};
        private float[] wave = {};

        @Override
        public void reference(SpeechPlan plan, float[] samples, float[] referenceMel) {
            referenceValues = referenceMel.length;
        }

        @Override
        public void mel(int number, float[] made) {
            mel = made;
        }

        @Override
        public void wave(int number, float[] made) {
            wave = made;
        }

        float[] spoken() {
            return Arrays.copyOfRange(mel, referenceValues, mel.length);
        }
    }
}
