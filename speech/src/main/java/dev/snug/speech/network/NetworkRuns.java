package dev.snug.speech.network;

import java.util.List;

/**
 * What {@link Networks} of a family load and run for a chunk, told without running it. Each family
 * says so beside its networks, because the sizes of a graph are known where its inputs are made.
 */
public interface NetworkRuns {
    /** The graphs in the order of their stages; at least that of the velocity. */
    List<GraphRun> of(ChunkLoad load);

    /**
     * The most bytes of Java arrays that the stages of a chunk hold at once, noise and mel
     * included; the voice is not.
     */
    long heapBytes(ChunkLoad load);

    /** Whether {@link Networks#keeping} keeps graphs loaded between chunks. */
    default boolean canKeep() {
        return false;
    }
}
