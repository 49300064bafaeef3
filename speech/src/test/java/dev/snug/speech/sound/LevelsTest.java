package dev.snug.speech.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.snug.speech.StageGolden;

import org.junit.jupiter.api.Test;

import java.io.IOException;

/**
 * Levels. The oracles are VietVoice-TTS (golden.json, and a digest computed by its function under
 * numpy 2.4.6), exact, and the loudness that F5-TTS measured (expected.json).
 */
final class LevelsTest {
    @Test
    void samplesAreNormalizedAsByTheOriginal() {
        assertThat(StageGolden.functions().rows("norm"))
                .isNotEmpty()
                .allSatisfy(
                        row ->
                                assertThat(Levels.normalized(row.floats("in")))
                                        .isEqualTo(row.shorts("out")));
    }

    @Test
    void aWholeRecordingIsNormalizedAsByTheOriginal() throws IOException {
        short[] normalized = Levels.normalized(reference().samples());
        assertThat(Sha.of(normalized))
                .isEqualTo("c699eb8ac4001f2505bf56461209bacfc5650d098d7e6ea2d8a34a9f3986f169");
    }

    @Test
    void silenceStaysSilence() {
        assertThat(Levels.normalized(new float[] {5, 5, 5})).containsOnly((short) 0);
    }

    @Test
    void onlyAChunkAtFullScaleIsLowered() {
        assertThat(Levels.unclipped(new short[] {32766, -5})).containsExactly(32766, -5);
        assertThat(Levels.unclipped(new short[] {32767, -5})).containsExactly(26214, -4);
    }

    @Test
    void theLoudnessOfTheReferenceIsThatOfTheOriginal() throws IOException {
        double wanted = StageGolden.models().member("case").number("ref_rms");
        Loudness loudness = Loudness.of(reference().samples());
        assertThat(loudness.level()).isCloseTo((float) wanted, within(1e-7f));
        assertThat(loudness.raised(new float[] {0.5f})).containsExactly(0.5f);
        assertThat(loudness.restored(new float[] {0.5f})).containsExactly(0.5f);
    }

    @Test
    void aQuietReferenceIsRaisedAndTheSpeechLoweredBack() {
        float[] quiet = {0.05f, -0.05f};
        Loudness loudness = Loudness.of(quiet);
        assertThat(Loudness.of(loudness.raised(quiet)).level()).isCloseTo(0.1f, within(1e-7f));
        assertThat(loudness.restored(new float[] {0.2f})[0]).isCloseTo(0.1f, within(1e-7f));
        assertThat(Loudness.of(new float[2]).raised(new float[2])).containsExactly(0, 0);
    }

    private static Recording reference() throws IOException {
        return WavReader.read(StageGolden.file("reference.wav"), 60);
    }
}
