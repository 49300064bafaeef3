package dev.snug.speech.f5;

import dev.snug.speech.network.ChunkLoad;
import dev.snug.speech.network.GraphRun;
import dev.snug.speech.network.SpeechStage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What {@link GraphStages} run after the text, and hold meanwhile: steps, velocity, vocoder.
 *
 * @param table of the steps that need no graph
 */
public record CheckpointRuns(StepTable table) {
    /** Signal and weights of {@link Overlap} are doubles. */
    private static final long OVERLAP_BYTES = 2L * Double.BYTES * Fourier.HOP;

    private static final long WAVE_BYTES = (long) Float.BYTES * Fourier.HOP;

    /**
     * The buffers that the text leaves for the velocity.
     *
     * @param branchBytes of the inputs that each of the two branches has of its own
     * @param sharedBytes of those that both read
     * @param waitingBytes of what the runs before read, for the collector
     */
    public record Left(long branchBytes, long sharedBytes, long waitingBytes) {
        long bytes() {
            return 2 * branchBytes + sharedBytes + waitingBytes;
        }
    }

    /**
     * The stages from the text to sound.
     *
     * @param sizes of the velocity graph
     */
    public List<GraphRun> after(ChunkLoad load, Map<String, Long> sizes, Left left) {
        List<GraphRun> runs = new ArrayList<>();
        int steps = load.sampling().schedule().steps();
        long rows = 0;
        if (!StepRows.isKnown(table, load.sampling().schedule())) {
            int group = Math.min(steps, StepRows.GROUP);
            rows = ChunkLoad.floats(group, table.values());
            runs.add(
                    new GraphRun(
                            SpeechStage.STEPS,
                            BundleGraphs.STEPS,
                            Map.of("steps", (long) group),
                            Math.ceilDiv(steps, StepRows.GROUP),
                            left.bytes() + load.melBytes() + rows,
                            steps > StepRows.GROUP));
        }
        runs.add(
                GraphRun.alone(
                        SpeechStage.VELOCITY,
                        BundleGraphs.VELOCITY,
                        sizes,
                        load.sampling().evaluations(),
                        left.branchBytes() + left.waitingBytes() + 2 * rows));
        runs.add(
                GraphRun.alone(
                        SpeechStage.VOCODER,
                        BundleGraphs.VOCODER,
                        Map.of("frames", spokenFrames(load)),
                        1,
                        left.bytes() + load.melBytes() + 2 * rows));
        return runs;
    }

    /** As {@link GraphStages#sound}: with the last frame of the reference. */
    private static long spokenFrames(ChunkLoad load) {
        return load.frames() - load.referenceFrames() + 1L;
    }

    /**
     * As {@link dev.snug.speech.network.NetworkRuns#heapBytes}.
     *
     * @param textBytes of arrays while the text is made
     */
    public static long heapBytes(ChunkLoad load, long textBytes) {
        long sampling = load.samplingBytes();
        long frame = (long) Overlap.VALUES * Float.BYTES + OVERLAP_BYTES + 2 * WAVE_BYTES;
        long sound = 2 * load.melBytes() + spokenFrames(load) * frame;
        return Math.max(load.melBytes() + textBytes, Math.max(sampling, sound));
    }

    /** Bytes of cosines and sines for {@code rows} places. */
    public static long rotationBytes(long rows) {
        return ChunkLoad.floats(rows, TransformerSizes.HEAD_CHANNELS);
    }

    /** Bytes of {@code channels} float32 values a frame. */
    public static long perFrame(ChunkLoad load, long channels) {
        return ChunkLoad.floats(load.frames(), channels);
    }
}
