package dev.snug.speech;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.json.Fields;
import dev.snug.runtime.session.SessionSettings;
import dev.snug.speech.bundle.SpeechSettings.Family;
import dev.snug.speech.bundle.Traits;
import dev.snug.speech.f5.CheckpointFolder;
import dev.snug.speech.network.GuidanceSteps;
import dev.snug.speech.network.Networks;
import dev.snug.speech.schedule.Schedule;
import dev.snug.speech.sound.Lcg;
import dev.snug.speech.sound.Recording;
import dev.snug.speech.text.Pace;
import dev.snug.speech.text.Passage;
import dev.snug.speech.vietvoice.Archive;
import dev.snug.speech.voice.ListedVoice;
import dev.snug.speech.voice.ReferenceAudio;
import dev.snug.speech.voice.VoiceBook;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Text to samples through installed models. The oracles are the sound of the official F5-TTS
 * ({@code wave_official_e2e}) and of the real VietVoice engine ({@code vietvoice_short_wave},
 * {@code vietvoice_long_wave}) from the same weights, voices and noise; tolerances are those of the
 * reference data's README.
 */
class SpokenGoldenTest {
    private static final int SEED_OFFICIAL = 3931;

    @TempDir private static Path home;
    private static Bundle checkpoint;
    private static Bundle archive;

    @BeforeAll
    static void install() throws IOException {
        checkpoint =
                CheckpointFolder.installed(
                        CheckpointFolder.golden(home.resolve("a")), null, home.resolve("f5"));
        archive = Archive.imported(Archive.FILE, home.resolve("vietvoice"));
    }

    @Test
    void underItsRulesTheCheckpointSaysWhatTheOfficialProgramSays() throws IOException {
        Heard heard = new Heard();
        SpeechRequest request =
                SpeechRequest.plain(
                        new Passage("Về nhà thôi em."),
                        reference(),
                        Rules.of(Compat.F5, Family.F5),
                        (chunk, count) -> Lcg.values(SEED_OFFICIAL + chunk, count));
        speak(checkpoint, SessionSettings.MAPPED, request, heard);
        assertThat(Golden.distance(heard.wave, Golden.floats("wave_official_e2e")))
                .isLessThan(3e-5);
        assertThat(heard.samples).hasSameSizeAs(heard.wave);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void underItsRulesTheArchiveSaysWhatVietVoiceSays(int index) throws IOException {
        StageGolden run = StageGolden.models().rows("vietvoice_e2e").get(index);
        Heard heard = new Heard();
        speak(archive, SessionSettings.MAPPED, vietVoice(run), heard);
        float[] values = new float[heard.samples.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = heard.samples[i] / 32_767f;
        }
        Archive.assertSameWave(values, Archive.shorts(run.text("array")));
    }

    private static SpeechRequest vietVoice(StageGolden run) throws IOException {
        Traits wish = Traits.read(new Fields(run.member("filters").values(), "filters"));
        VoiceBook book =
                new VoiceBook(List.of(), VoiceBook.ofModel(archive, Archive.settings(archive)));
        List<ListedVoice> matching = book.matching(wish);
        assertThat(matching).hasSize(1);
        ListedVoice voice = matching.getFirst();
        Rules rules = Rules.of(Compat.VIETVOICE, Family.VIETVOICE);
        Pace pace =
                new Pace(
                        run.number("speed"),
                        run.number("max_chunk_duration"),
                        run.number("min_target_duration"),
                        OptionalDouble.empty());
        return new SpeechRequest(
                new Passage(run.text("text")),
                new VoiceSample(voice.name(), ReferenceAudio.of(voice), voice.voice().text()),
                rules,
                pace,
                SamplingWish.DEFAULT,
                null,
                (chunk, count) -> Lcg.values(seed(run, chunk), count),
                null,
                rules.crossFadeSamples());
    }

    private static int seed(StageGolden run, int chunk) {
        return Integer.parseInt(
                run.rows("chunks").get(chunk).text("noise").replace("lcg seed ", ""));
    }

    /** The archive's tables of positions are rounded to half: 2e-4 in the README. */
    @Test
    void bothImportsOfTheSameWeightsMakeTheSameSpectrogram() throws IOException {
        Heard exported = new Heard();
        Heard own = new Heard();
        SpeechRequest request =
                SpeechRequest.plain(
                        new Passage("Về nhà thôi em."),
                        reference(),
                        Rules.of(Compat.VIETVOICE, Family.VIETVOICE),
                        (chunk, count) -> Lcg.values(SEED_OFFICIAL, count));
        speak(archive, SessionSettings.MAPPED, request, exported);
        speak(checkpoint, SessionSettings.MAPPED, request, own);
        assertThat(Golden.distance(own.mel, exported.mel)).isLessThan(2e-4);
    }

    @Test
    void theSameNoiseGivesTheSameSoundOnAnyNumberOfThreads() throws IOException {
        SpeechRequest request =
                SpeechRequest.plain(
                        new Passage("Về nhà thôi em."),
                        reference(),
                        Rules.of(Compat.NONE, Family.F5),
                        (chunk, count) -> Lcg.values(SEED_OFFICIAL, count));
        float[] one = wave(request, SessionSettings.MAPPED);
        assertThat(wave(request, SessionSettings.MAPPED)).isEqualTo(one);
        SessionSettings two = SessionSettings.MAPPED.withThreads(2);
        assertThat(wave(request, two)).isEqualTo(wave(request, two));
        assertThat(Golden.distance(wave(request, two), one)).isLessThan(1e-4);
    }

    @Test
    void stepsWithoutGuidanceAreSkippedInTheWholePathToo() throws IOException {
        SpeechRequest all = withSteps(GuidanceSteps.ALL);
        SpeechRequest skipped = withSteps(GuidanceSteps.without(Set.of(5, 6)));
        float[] guided = wave(all, SessionSettings.MAPPED);
        assertThat(wave(skipped, SessionSettings.MAPPED))
                .hasSameSizeAs(guided)
                .isNotEqualTo(guided);
    }

    private static SpeechRequest withSteps(GuidanceSteps guided) throws IOException {
        Rules rules = Rules.of(Compat.NONE, Family.F5);
        return new SpeechRequest(
                new Passage("Về nhà thôi em."),
                reference(),
                rules,
                rules.pace(),
                new SamplingWish(
                        OptionalInt.of(7),
                        Optional.of(Schedule.Kind.EPSS),
                        Optional.empty(),
                        guided),
                null,
                (chunk, count) -> Lcg.values(SEED_OFFICIAL, count),
                null,
                rules.crossFadeSamples());
    }

    private static float[] wave(SpeechRequest request, SessionSettings session) throws IOException {
        Heard heard = new Heard();
        speak(checkpoint, session, request, heard);
        return heard.wave;
    }

    private static void speak(
            Bundle bundle, SessionSettings session, SpeechRequest request, Heard heard)
            throws IOException {
        Speaker speaker =
                Speaker.open(bundle, Archive.settings(bundle), session, NetworksOpening.BY_FAMILY);
        speaker.speak(speaker.plan(request), heard, SpeechListener.NONE, heard);
    }

    private static VoiceSample reference() {
        return new VoiceSample(
                "reference",
                new Recording(Golden.reference(), 24_000),
                new Passage("Xin chào các bạn."));
    }

    /** Keeps what was handed out, and the last chunk's own. */
    private static final class Heard implements SoundSink, StageObserver {
        private short[] samples = {};
        private float[] mel = {};
        private float[] wave = {};

        @Override
        public void write(short[] more) {
            int before = samples.length;
            samples = Arrays.copyOf(samples, before + more.length);
            System.arraycopy(more, 0, samples, before, more.length);
        }

        @Override
        public void mel(int number, float[] values) {
            assertThat(values.length % Networks.BANDS).isZero();
            mel = values.clone();
        }

        @Override
        public void wave(int number, float[] values) {
            wave = values.clone();
        }
    }
}
