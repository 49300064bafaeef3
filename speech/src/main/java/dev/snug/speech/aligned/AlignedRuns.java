package dev.snug.speech.aligned;

import dev.snug.speech.bundle.SpeechSettings;
import dev.snug.speech.f5.BundleGraphs;
import dev.snug.speech.f5.CheckpointRuns;
import dev.snug.speech.f5.LogMel;
import dev.snug.speech.network.ChunkLoad;
import dev.snug.speech.network.GraphRun;
import dev.snug.speech.network.NetworkRuns;
import dev.snug.speech.network.SpeechStage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What {@link AlignedNetworks} run; the mel of the reference is Java and needs no graph. */
public final class AlignedRuns implements NetworkRuns {
    /** Of each frame its token, a whole number, and its place, two values. */
    private static final long PLACE_BYTES = Long.BYTES + 2 * Float.BYTES;

    private static final long STYLE_BYTES = (long) Style.VALUES * Float.BYTES;

    private final AlignedLayout layout;

    /**
     * The runs of the model with these settings.
     *
     * @throws dev.snug.runtime.json.JsonException when they are not those of an aligned model
     */
    public AlignedRuns(SpeechSettings settings) {
        this.layout = AlignedLayout.parse(settings.layout(), "layout");
    }

    @Override
    public List<GraphRun> of(ChunkLoad load) {
        long patches = layout.sizes().patches(load.frames());
        Map<String, Long> sizes = Map.of("frames", (long) load.frames(), "patches", patches);
        long features = featureBytes(load);
        long inputs = inputBytes(load);
        CheckpointRuns.Left left =
                new CheckpointRuns.Left(
                        load.melBytes() + features,
                        CheckpointRuns.rotationBytes(patches),
                        2 * inputs);
        List<GraphRun> runs = new ArrayList<>();
        runs.add(
                GraphRun.alone(
                        SpeechStage.DURATIONS,
                        AlignedLayout.DURATIONS,
                        Map.of(DurationsGraph.TOKENS, (long) load.tokens()),
                        1,
                        0));
        // The second run reads copies of its own; those of the first wait for the collector.
        long held = 2 * load.melBytes() + left.sharedBytes() + features + inputs;
        runs.add(
                GraphRun.alone(
                        SpeechStage.TEXT,
                        BundleGraphs.TEXT,
                        Map.of("frames", (long) load.frames()),
                        2,
                        held));
        runs.addAll(new CheckpointRuns(layout.table()).after(load, sizes, left));
        return runs;
    }

    /** Features, mean and variance of a branch. */
    private long featureBytes(ChunkLoad load) {
        return CheckpointRuns.perFrame(load, layout.sizes().text() + 2L * LogMel.BANDS);
    }

    private static long inputBytes(ChunkLoad load) {
        return load.frames() * PLACE_BYTES + STYLE_BYTES;
    }

    @Override
    public long heapBytes(ChunkLoad load) {
        return CheckpointRuns.heapBytes(load, featureBytes(load) + 2 * inputBytes(load));
    }

    @Override
    public boolean canKeep() {
        return true;
    }
}
