package dev.snug.speech.f5;

import dev.snug.speech.bundle.SpeechSettings;
import dev.snug.speech.network.ChunkLoad;
import dev.snug.speech.network.GraphRun;
import dev.snug.speech.network.NetworkRuns;
import dev.snug.speech.network.SpeechStage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What {@link F5Networks} run; the mel of the reference is Java and needs no graph. */
public final class F5Runs implements NetworkRuns {
    /** Tokens as whole numbers, and whether each is kept. */
    private static final long TOKEN_BYTES = Long.BYTES + Float.BYTES;

    private final F5Layout layout;

    /**
     * The runs of the model with these settings.
     *
     * @throws dev.snug.runtime.json.JsonException when they are not those of an F5-TTS model
     */
    public F5Runs(SpeechSettings settings) {
        this.layout = F5Layout.parse(settings.layout(), "layout");
    }

    @Override
    public List<GraphRun> of(ChunkLoad load) {
        Map<String, Long> sizes = Map.of("frames", (long) load.frames());
        long text = CheckpointRuns.perFrame(load, layout.sizes().textDim());
        long inputs = text + load.frames() * TOKEN_BYTES;
        CheckpointRuns.Left left =
                new CheckpointRuns.Left(
                        load.melBytes() + text,
                        CheckpointRuns.rotationBytes(load.frames()),
                        2 * inputs);
        List<GraphRun> runs = new ArrayList<>();
        // The second run reads copies of its own; those of the first wait for the collector.
        long held = 2 * load.melBytes() + left.sharedBytes() + text + inputs;
        runs.add(GraphRun.alone(SpeechStage.TEXT, BundleGraphs.TEXT, sizes, 2, held));
        runs.addAll(new CheckpointRuns(layout.table()).after(load, sizes, left));
        return runs;
    }

    @Override
    public long heapBytes(ChunkLoad load) {
        long text = CheckpointRuns.perFrame(load, layout.sizes().textDim());
        return CheckpointRuns.heapBytes(load, 2 * text + load.frames() * TOKEN_BYTES);
    }

    @Override
    public boolean canKeep() {
        return true;
    }
}
