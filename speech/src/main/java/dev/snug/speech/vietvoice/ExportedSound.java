package dev.snug.speech.vietvoice;

import dev.snug.onnx.Tensor;
import dev.snug.speech.network.ChunkLoad;
import dev.snug.speech.network.GraphRun;
import dev.snug.speech.network.Networks;
import dev.snug.speech.network.SpeechStage;
import dev.snug.speech.text.Chunk;
import dev.snug.speech.text.Reference;

import java.nio.ShortBuffer;
import java.util.List;

/** The int16 borders of exported graphs: sound goes in and comes out in units of 1/32768. */
final class ExportedSound {
    /** Samples of a padded window: with fewer the graph has nothing to mirror at the edges. */
    private static final int SAMPLES_MIN = 1024;

    /** What the exporter multiplies a sound by at the end. */
    private static final float FULL = 32_767f;

    private static final String MEL = "mel";

    /** The graph's int16, and two waves. */
    private static final int SAMPLE_BYTES = Short.BYTES + 2 * Float.BYTES;

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

    /** What {@link #of} runs: the graph takes off the reference itself. */
    static GraphRun run(Stage vocoder, ChunkLoad load, long heldBytes) {
        return GraphRun.alone(
                SpeechStage.VOCODER,
                vocoder.graph().role(),
                new PortSizes(vocoder)
                        .axis(0, 1, load.frames())
                        .value(1, load.referenceFrames())
                        .sizes(),
                1,
                heldBytes);
    }

    /**
     * As {@link dev.snug.speech.network.NetworkRuns#heapBytes}.
     *
     * @param conditionBytes of what the velocity reads, which stays while it runs
     * @param textBytes of what it is made of
     */
    static long heapBytes(ChunkLoad load, long conditionBytes, long textBytes) {
        long text = load.melBytes() + conditionBytes + textBytes;
        long sampling = load.samplingBytes() + conditionBytes;
        long samples = (load.frames() - load.referenceFrames()) * (long) Reference.HOP_SAMPLES;
        long sound = 2 * load.melBytes() + samples * SAMPLE_BYTES;
        return Math.max(text, Math.max(sampling, sound));
    }
}
