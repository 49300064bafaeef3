package dev.snug.speech.vietvoice;

import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.session.SessionSettings;
import dev.snug.speech.network.ChunkLoad;
import dev.snug.speech.network.GraphRun;
import dev.snug.speech.network.NetworkRuns;
import dev.snug.speech.network.Networks;
import dev.snug.speech.network.SpeechStage;

import java.util.List;

/** What {@link CutNetworks} run. */
final class CutRuns implements NetworkRuns {
    private final Stage mel;
    private final Stage text;
    private final Stage velocity;
    private final Stage vocoder;

    CutRuns(Bundle bundle, ArchiveLayout layout) {
        SessionSettings any = SessionSettings.MAPPED;
        mel = Stage.of(bundle, GraphFolder.MEL, any, 1, 1);
        text = Stage.of(bundle, GraphFolder.TEXT, any, 2, 2);
        int inputs = CutNetworks.SINES + 1 + layout.columns().size();
        velocity = Stage.of(bundle, GraphFolder.VELOCITY, any, inputs, 1);
        vocoder = Stage.of(bundle, GraphFolder.VOCODER, any, 2, 1);
    }

    @Override
    public List<GraphRun> of(ChunkLoad load) {
        PortSizes sampled = sampled(load);
        long branches = Feed.keptBytes(2 * branchBytes(sampled));
        long state = Feed.keptBytes(load.melBytes());
        // Of the chunk before all buffers are kept, those of its sound too.
        long kept = branches + 2 * state;
        long read = branchBytes(sampled) + load.melBytes();
        return List.of(
                GraphRun.alone(
                        SpeechStage.MEL,
                        mel.graph().role(),
                        new PortSizes(mel).axis(0, 2, load.referenceSamples()).sizes(),
                        1,
                        0),
                GraphRun.alone(
                        SpeechStage.TEXT,
                        text.graph().role(),
                        new PortSizes(text)
                                .axis(0, 1, load.tokens())
                                .value(1, load.frames())
                                .sizes(),
                        1,
                        kept),
                GraphRun.alone(
                        SpeechStage.VELOCITY,
                        velocity.graph().role(),
                        sampled.sizes(),
                        load.sampling().evaluations(),
                        kept - read),
                ExportedSound.run(vocoder, load, kept - load.melBytes()));
    }

    private PortSizes sampled(ChunkLoad load) {
        return new PortSizes(velocity)
                .axis(CutNetworks.NOISE, 1, load.frames())
                .axis(CutNetworks.CONDITION, 1, load.frames())
                .axis(CutNetworks.COSINES, 0, load.frames())
                .axis(CutNetworks.SINES, 0, load.frames());
    }

    private static long branchBytes(PortSizes sampled) {
        return sampled.bytes(CutNetworks.CONDITION)
                + sampled.bytes(CutNetworks.COSINES)
                + sampled.bytes(CutNetworks.SINES);
    }

    @Override
    public long heapBytes(ChunkLoad load) {
        long conditions = 2 * branchBytes(sampled(load));
        long words = conditions - 2 * ChunkLoad.floats(load.frames(), Networks.BANDS);
        return ExportedSound.heapBytes(load, conditions, 2 * words);
    }
}
