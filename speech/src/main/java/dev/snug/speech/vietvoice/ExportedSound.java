package dev.snug.speech.vietvoice;

import dev.snug.onnx.Tensor;
import dev.snug.speech.network.Networks;
import dev.snug.speech.text.Chunk;

import java.nio.ShortBuffer;
import java.util.List;

/** The int16 borders of exported graphs: sound goes in and comes out in units of 1/32768. */
final class ExportedSound {
    /** Samples of a padded window: with fewer the graph has nothing to mirror at the edges. */
    private static final int SAMPLES_MIN = 1024;

    /** What the exporter multiplies a sound by at the end. */
    private static final float FULL = 32_767f;

    private static final String MEL = "mel";

    private ExportedSound() {}

    /** {@code reference}, −1 to 1, as [1, 1, samples]. */
    static Tensor tensor(float[] reference) {
        int most = (Chunk.FRAMES_MAX - 1) * 256;
        if (reference.length < SAMPLES_MIN || reference.length > most) {
            throw new IllegalArgumentException(
                    "a reference of %d samples is out of range %d to %d"
                            .formatted(reference.length, SAMPLES_MIN, most));
        }
        short[] samples = new short[reference.length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] =
                    (short)
                            Math.clamp(
                                    Math.round(reference[i] * 32_768f),
                                    Short.MIN_VALUE,
                                    Short.MAX_VALUE);
        }
        return Stage.shorts(samples, 1, 1, samples.length);
    }

    /** What follows the first {@code referenceFrames} of {@code mel}, through the last graph. */
    static float[] of(Stage vocoder, Feed feed, float[] mel, int referenceFrames) {
        int frames = mel.length / Networks.BANDS;
        if (referenceFrames < 0 || referenceFrames + 1 >= frames) {
            throw new IllegalArgumentException(
                    "%d frames leave nothing to hear after %d of the reference"
                            .formatted(frames, referenceFrames));
        }
        Tensor fed = feed.floats(MEL, 1, frames, Networks.BANDS);
        feed.fill(MEL, mel);
        List<Tensor> sound =
                vocoder.runOnce(List.of(fed, Tensor.longs(new long[] {referenceFrames})), 0);
        ShortBuffer samples = sound.getFirst().bytes().asShortBuffer();
        float[] values = new float[samples.remaining()];
        for (int i = 0; i < values.length; i++) {
            values[i] = samples.get(i) / FULL;
        }
        return values;
    }
}
