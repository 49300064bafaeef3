package dev.snug.speech.plan;

import dev.snug.runtime.session.Placement;
import dev.snug.runtime.session.SessionSettings;
import dev.snug.runtime.session.SessionSettings.Optimization;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the user fixed of the engine; what is empty is chosen.
 *
 * @param threads of one operator, 0 for one per core
 * @param weightsMapped whether weights stay in their file; else prepacked
 * @param arena whether freed activations are kept for the next step
 * @param optimization rewriting of graphs at load
 * @param isKept whether networks stay loaded between chunks
 * @param rest inter-op threads, spinning and placement; nothing else of it is read
 * @param cores of the machine that may be used, 1 or more
 */
public record EngineWish(
        OptionalInt threads,
        Optional<Boolean> weightsMapped,
        Optional<Boolean> arena,
        Optional<Optimization> optimization,
        Optional<Boolean> isKept,
        SessionSettings rest,
        int cores) {
    public EngineWish {
        if (cores < 1) {
            throw new IllegalArgumentException("a machine of " + cores + " cores");
        }
    }

    /** The same, computed at {@code placement}. */
    public EngineWish withPlacement(Placement placement) {
        return new EngineWish(
                threads,
                weightsMapped,
                arena,
                optimization,
                isKept,
                rest.withPlacement(placement),
                cores);
    }

    /** Nothing fixed on a machine of {@code cores} cores. */
    public static EngineWish open(int cores) {
        return new EngineWish(
                OptionalInt.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                SessionSettings.MAPPED,
                cores);
    }
}
