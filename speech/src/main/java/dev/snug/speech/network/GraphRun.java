package dev.snug.speech.network;

import java.util.Map;

/**
 * One graph that a stage loads and runs.
 *
 * @param role of the graph in its bundle
 * @param sizes of its named dimensions, and the values of its inputs of one whole number
 * @param runs with one session, 1 or more
 * @param heldBytes of native buffers beside the inputs of one run: those of the other branch, those
 *     of later stages, and those that nobody reads any more and the collector has not found yet
 * @param isBesideVelocity whether it also runs while the velocity's session is open
 */
public record GraphRun(
        SpeechStage stage,
        String role,
        Map<String, Long> sizes,
        int runs,
        long heldBytes,
        boolean isBesideVelocity) {
    public GraphRun {
        sizes = Map.copyOf(sizes);
    }

    /** A graph that runs while no other is loaded. */
    public static GraphRun alone(
            SpeechStage stage, String role, Map<String, Long> sizes, int runs, long heldBytes) {
        return new GraphRun(stage, role, sizes, runs, heldBytes, false);
    }
}
