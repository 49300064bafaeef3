package dev.snug.speech.vietvoice;

import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.session.SessionSettings;
import dev.snug.speech.network.ChunkLoad;
import dev.snug.speech.network.GraphRun;
import dev.snug.speech.network.NetworkRuns;
import dev.snug.speech.network.SpeechStage;
import dev.snug.speech.text.Reference;

import java.util.List;
import java.util.Map;

/** What {@link WholeNetworks} run. */
final class WholeRuns implements NetworkRuns {
    private static final int FRAMES_AXIS = 1;

    private final Stage preprocess;
    private final Stage transformer;
    private final Stage decode;

    WholeRuns(Bundle bundle) {
        SessionSettings any = SessionSettings.MAPPED;
        preprocess = Stage.of(bundle, GraphFolder.PREPROCESS, any, 3, 8);
        transformer = Stage.of(bundle, GraphFolder.TRANSFORMER, any, 8, 2);
        decode = Stage.of(bundle, GraphFolder.DECODE, any, 2, 1);
    }

    @Override
    public List<GraphRun> of(ChunkLoad load) {
        long kept = Feed.keptBytes(fixedBytes(load)) + 2 * Feed.keptBytes(load.melBytes());
        int silence = (load.referenceFrames() - 1) * Reference.HOP_SAMPLES;
        return List.of(
                GraphRun.alone(
                        SpeechStage.MEL,
                        GraphFolder.PREPROCESS,
                        prepared(load.referenceSamples(), 1, load.referenceFrames()),
                        1,
                        0),
                GraphRun.alone(
                        SpeechStage.TEXT,
                        GraphFolder.PREPROCESS,
                        prepared(silence, load.tokens(), load.frames()),
                        1,
                        kept),
                GraphRun.alone(
                        SpeechStage.VELOCITY,
                        GraphFolder.TRANSFORMER,
                        sampled(load).sizes(),
                        load.sampling().schedule().steps(),
                        kept - fixedBytes(load) - load.melBytes()),
                ExportedSound.run(decode, load, kept - load.melBytes()));
    }

    private Map<String, Long> prepared(int samples, int tokens, int frames) {
        return new PortSizes(preprocess)
                .axis(ArchiveGraphs.AUDIO, 2, samples)
                .axis(ArchiveGraphs.TEXT_IDS, 1, tokens)
                .value(ArchiveGraphs.MAX_DURATION, frames)
                .sizes();
    }

    /** The rotary tables have their frames where the exporter put them: any open axis is theirs. */
    private PortSizes sampled(ChunkLoad load) {
        PortSizes sizes = new PortSizes(transformer);
        sizes.axis(0, FRAMES_AXIS, load.frames());
        for (int input = ArchiveGraphs.ROTARY; input < ArchiveGraphs.STEP; input++) {
            int rank = transformer.graph().inputs().get(input).type().shape().rank();
            for (int axis = 1; axis < rank; axis++) {
                sizes.axis(input, axis, load.frames());
            }
        }
        return sizes;
    }

    /** Inputs of the transformer that stay the same over the steps. */
    private long fixedBytes(ChunkLoad load) {
        PortSizes sizes = sampled(load);
        long bytes = 0;
        for (int input = ArchiveGraphs.ROTARY; input < ArchiveGraphs.STEP; input++) {
            bytes += sizes.bytes(input);
        }
        return bytes;
    }

    @Override
    public long heapBytes(ChunkLoad load) {
        return ExportedSound.heapBytes(load, fixedBytes(load), fixedBytes(load));
    }
}
