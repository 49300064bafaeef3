package dev.snug.speech;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.snug.speech.bundle.SpeechSettings.Family;
import dev.snug.speech.network.Networks;
import dev.snug.speech.sound.CosineJoin;
import dev.snug.speech.sound.LinearJoin;
import dev.snug.speech.sound.Noise;
import dev.snug.speech.sound.Pcm;
import dev.snug.speech.sound.Recording;
import dev.snug.speech.text.Chunk;
import dev.snug.speech.text.Pace;
import dev.snug.speech.text.Passage;
import dev.snug.speech.text.TextException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/**
 * The order of the stages and what goes from one to the next, over networks that compute something
 * known. The oracles are expected.json (tokens and frames of VietVoice-TTS and F5-TTS end to end)
 * and the joins, which have goldens of their own.
 */
final class SpeakerTest {
    private final FakeNetworks networks = new FakeNetworks();
    private final Speaker speaker = new Speaker(networks, Speech.vocabulary());

    @Test
    void planIsThatOfVietVoiceEndToEnd() {
        SpeechPlan plan = speaker.plan(Speech.vietVoiceLong());

        List<StageGolden> golden =
                StageGolden.models().rows("vietvoice_e2e").getLast().rows("chunks");
        assertThat(plan.script().chunks()).hasSameSizeAs(golden).hasSize(2);
        for (int i = 0; i < golden.size(); i++) {
            Chunk chunk = plan.script().chunks().get(i);
            assertThat(chunk.frames()).isEqualTo(golden.get(i).whole("frames_total"));
            assertThat(chunk.tokens().ids()).isEqualTo(golden.get(i).wholes("text_ids"));
        }
        assertThat(networks.calls).as("a plan runs no network").isEmpty();
    }

    @Test
    void planIsThatOfF5EndToEnd() {
        StageGolden models = StageGolden.models();
        StageGolden golden = models.member("official_e2e");
        StageGolden common = models.member("case");
        VoiceSample voice =
                new VoiceSample(
                        "golden",
                        new Recording(Golden.reference(), 24_000),
                        Passage.composed(common.text("ref_text")));
        Rules rules = Rules.of(Compat.F5, Family.VIETVOICE);

        SpeechPlan plan =
                speaker.plan(
                        SpeechRequest.plain(
                                Passage.composed(common.text("gen_text")),
                                voice,
                                rules,
                                new Noise(1)::values));

        assertThat(plan.script().chunks()).hasSize(1);
        assertThat(plan.script().chunks().getFirst().frames())
                .isEqualTo(golden.whole("frames_total"));
        assertThat(plan.sampling().schedule().steps()).isEqualTo(golden.whole("steps"));
    }

    @Test
    void stagesRunInOrderAndTheReferenceOnce() throws IOException {
        SpeechRequest request = Speech.vietVoiceLong();
        speaker.speak(request, samples -> {});
        speaker.speak(request, samples -> {});

        List<String> steps = List.of("step 0", "step 1", "step 2", "step 3", "sound 490 220");
        List<String> expected = new ArrayList<>(List.of("mel 56256"));
        for (int time = 0; time < 2; time++) {
            expected.add("conditions 75 490");
            expected.addAll(steps);
            expected.add("conditions 76 490");
            expected.addAll(steps);
        }
        assertThat(networks.calls).containsExactlyElementsOf(expected);
    }

    @Test
    void theReferenceFramesOfAChunkAreTheReferencesOwn() throws IOException {
        speaker.speak(Speech.vietVoiceLong(), samples -> {});

        assertThat(networks.lastMel[219 * Networks.BANDS]).isEqualTo(219);
        float first = new Noise(1).values(1, 490 * Networks.BANDS)[220 * Networks.BANDS];
        assertThat(networks.lastMel[220 * Networks.BANDS]).isEqualTo(first / 2);
    }

    @Test
    void chunksAreJoinedByCosineAndByF5Linearly() throws IOException {
        SpeechRequest own = Speech.vietVoiceLong();
        CosineJoin cosine = new CosineJoin(2, CosineJoin.OVERLAP_SAMPLES);
        short[] first = cosine.add(Pcm.of(wave(0, 490, 220)));
        assertThat(Speech.spoken(speaker, own)).startsWith(first).hasSize(2 * 69_120 - 2_400);

        Rules f5 = Rules.of(Compat.F5, Family.F5);
        SpeechRequest linear = Speech.request(Speech.THREE, f5, Speech.chunks(5));
        List<Chunk> chunks = speaker.plan(linear).script().chunks();
        assertThat(chunks.size()).isGreaterThan(1);
        LinearJoin join = new LinearJoin(LinearJoin.OVERLAP_SAMPLES);
        float[] expected = join.add(wave(0, chunks.getFirst().frames(), 220));
        assertThat(Speech.spoken(speaker, linear)).startsWith(Pcm.of(expected));
    }

    /** What the networks say of a chunk's noise. */
    private static float[] wave(int chunk, int frames, int referenceFrames) {
        float[] noise = new Noise(1).values(chunk, frames * Networks.BANDS);
        float[] wave = new float[(frames - referenceFrames) * 256];
        for (int i = 0; i < wave.length; i++) {
            wave[i] = noise[(referenceFrames + i / 256) * Networks.BANDS] / 2 / 100;
        }
        return wave;
    }

    @Test
    void aSeedDecidesTheSound() throws IOException {
        Rules rules = Rules.of(Compat.NONE, Family.F5);
        SpeechRequest one =
                Speech.request(Speech.THREE, rules, Speech.chunks(6), SamplingWish.DEFAULT, 41);
        SpeechRequest other =
                Speech.request(Speech.THREE, rules, Speech.chunks(6), SamplingWish.DEFAULT, 42);

        short[] sound = Speech.spoken(speaker, one);
        assertThat(Speech.spoken(speaker, one)).isEqualTo(sound);
        Speaker fresh = new Speaker(new FakeNetworks(), Speech.vocabulary());
        assertThat(Speech.spoken(fresh, one)).isEqualTo(sound);
        assertThat(Speech.spoken(speaker, other)).hasSameSizeAs(sound).isNotEqualTo(sound);
    }

    @Test
    void aQuietReferenceIsRaisedForF5AndItsSpeechLoweredAgain() throws IOException {
        Passage text = Passage.composed("Một hai ba bốn năm.");
        Rules rules = Rules.of(Compat.NONE, Family.F5);
        float quiet = 0.02f;
        SpeechRequest request =
                SpeechRequest.plain(text, Speech.voice(quiet), rules, (c, n) -> loud(n));

        short[] spoken = Speech.spoken(speaker, request);

        double rms = quiet / Math.sqrt(2);
        assertThat(rms(networks.heard)).isCloseTo(0.1, within(1e-4));
        // Noise of 100 becomes sound of 0.5, which is lowered as much as the reference was raised.
        assertThat((double) spoken[0]).isCloseTo(0.5 * rms / 0.1 * 32_767, within(20.0));
    }

    @Test
    void aReferenceForVietVoiceHasItsPeak() throws IOException {
        SpeechRequest request =
                SpeechRequest.plain(
                        Passage.composed("Một hai ba."),
                        Speech.voice(0.02f),
                        Rules.of(Compat.NONE, Family.VIETVOICE),
                        (chunk, count) -> loud(count));

        short[] spoken = Speech.spoken(speaker, request);

        float peak = 0;
        for (float sample : networks.heard) {
            peak = Math.max(peak, Math.abs(sample));
            assertThat(sample * 32_768).as("an int16").isEqualTo(Math.round(sample * 32_768));
        }
        assertThat(peak).isBetween(29_490 / 32_768f, 29_491 / 32_768f);
        assertThat(spoken[0]).isEqualTo((short) 16_384);
    }

    private static float[] loud(int count) {
        float[] noise = new float[count];
        Arrays.fill(noise, 100);
        return noise;
    }

    private static double rms(float[] samples) {
        double sum = 0;
        for (float sample : samples) {
            sum += (double) sample * sample;
        }
        return Math.sqrt(sum / samples.length);
    }

    @Test
    void anotherRateIsResampledBeforeFramesAreCounted() {
        VoiceSample voice =
                new VoiceSample(
                        "8 kHz",
                        new Recording(Speech.voice(0.5f).recording().samples(), 8_000),
                        Passage.composed(Speech.REFERENCE_TEXT));
        Rules rules = Rules.of(Compat.NONE, Family.VIETVOICE);

        SpeechPlan plan =
                speaker.plan(SpeechRequest.plain(Speech.THREE, voice, rules, new Noise(1)::values));

        assertThat(plan.reference().samples()).isEqualTo(3 * Speech.REFERENCE_SAMPLES);
    }

    @Test
    void givenNoiseIsForTheFirstChunkAlone() throws IOException {
        Rules rules = Rules.of(Compat.NONE, Family.VIETVOICE);
        GivenNoise given = new GivenNoise(loud(490 * Networks.BANDS));

        short[] spoken =
                Speech.spoken(
                        speaker,
                        Speech.with(
                                Speech.THREE,
                                rules,
                                Speech.chunks(6),
                                SamplingWish.DEFAULT,
                                1,
                                given));

        assertThat(spoken[0]).isEqualTo((short) 16_384);
        assertThat(networks.lastMel[220 * Networks.BANDS]).isLessThan(5);
    }

    @Test
    void noiseOfOtherFramesIsRefusedWithBothNumbers() {
        GivenNoise given = new GivenNoise(loud(269 * Networks.BANDS));
        SpeechRequest request =
                Speech.with(
                        Speech.THREE,
                        Rules.of(Compat.NONE, Family.VIETVOICE),
                        Speech.chunks(6),
                        SamplingWish.DEFAULT,
                        1,
                        given);

        assertThatThrownBy(() -> speaker.plan(request))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("269", "490");
        assertThatThrownBy(() -> new GivenNoise(new float[150]))
                .isInstanceOf(IllegalArgumentException.class);
        float[] broken = loud(200);
        broken[101] = Float.NaN;
        assertThatThrownBy(() -> new GivenNoise(broken)).hasMessageContaining("frame 1, band 1");
    }

    @ParameterizedTest
    @EnumSource(names = {"F5", "VIETVOICE"})
    void aReferenceThatFillsTheChunkIsRefused(Family family) {
        SpeechRequest request =
                Speech.request(Speech.THREE, Rules.of(Compat.NONE, family), Speech.chunks(2.3));

        assertThatThrownBy(() -> speaker.plan(request))
                .isInstanceOf(TextException.class)
                .hasMessageContainingAll("2.3 s", "--chunk-seconds");
    }

    @ParameterizedTest
    @EnumSource(names = {"F5", "VIETVOICE"})
    void aFixedDurationIsObeyedOrRefused(Family family) {
        Rules rules = Rules.of(Compat.NONE, family);
        Passage text = Passage.composed("Một hai ba bốn.");
        assertThat(
                        speaker.plan(Speech.request(text, rules, fixed(4)))
                                .script()
                                .chunks()
                                .getFirst()
                                .frames())
                .isEqualTo(4 * 24_000 / 256);

        assertThatThrownBy(() -> speaker.plan(Speech.request(text, rules, fixed(2))))
                .isInstanceOf(TextException.class)
                .hasMessageContainingAll("2.34 s", "--fix-duration");
    }

    @Test
    void tokensThatDoNotFitAFixedDurationAreRefused() {
        Passage text = Passage.composed("Một hai ba bốn năm sáu. ".repeat(10));
        Rules own = Rules.of(Compat.NONE, Family.F5);
        Rules f5 = Rules.of(Compat.F5, Family.F5);

        assertThatThrownBy(() -> speaker.plan(Speech.request(text, own, fixed(2.4))))
                .isInstanceOf(TextException.class)
                .hasMessageStartingWith("--fix-duration 2.4 s is too short for the ");
        assertThat(speaker.plan(Speech.request(text, f5, fixed(2.4))).script().chunks())
                .allMatch(chunk -> chunk.frames() > chunk.tokens().size());
    }

    private static Pace fixed(double seconds) {
        return new Pace(1, 40, 1, OptionalDouble.of(seconds));
    }
}
