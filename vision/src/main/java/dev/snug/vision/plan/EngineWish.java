package dev.snug.vision.plan;

import dev.snug.runtime.session.SessionSettings;
import dev.snug.runtime.session.SessionSettings.Optimization;

import java.util.Optional;

/**
 * What the user fixed of the engine, threads of one operator left out; what is empty is chosen.
 *
 * @param arena whether what a picture frees is kept for the next one
 * @param rest inter-op threads, rewriting at load, spinning and placement; nothing else of it is
 *     read
 */
public record EngineWish(Optional<Boolean> arena, SessionSettings rest) {
    /** Nothing fixed. */
    public static final EngineWish OPEN = new EngineWish(Optional.empty(), SessionSettings.MAPPED);

    /**
     * Whether graphs are to be rewritten at each load: then it is the portable graph that is
     * loaded, because the copy for this machine was rewritten when it was made, and the weights
     * that change their layout are copied.
     */
    boolean isRewritten() {
        return rest.optimization() != Optimization.NONE;
    }

    /**
     * Whether it is the portable graph that is loaded: the copy for this machine is laid out for
     * the processor's kernels, which no other provider has.
     */
    boolean isPortable() {
        return isRewritten() || rest.placement().isElsewhere();
    }
}
