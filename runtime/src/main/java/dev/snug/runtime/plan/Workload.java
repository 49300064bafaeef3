package dev.snug.runtime.plan;

import java.util.List;
import java.util.Optional;

/**
 * A job as the planner sees it: what can be chosen, and what each choice costs. Pure: equal
 * settings cost the same.
 *
 * @param <S> the settings of the job, immutable
 */
public interface Workload<S> {
    /** Settings that the knobs then change; a plan sets every knob. */
    S start();

    /** What can be chosen, the choice that is given up last first. */
    List<Knob<S>> knobs(Prefer prefer);

    /** What is taken where nothing is in the way: the first option of each knob. */
    default S wished(Prefer prefer) {
        return Knob.first(start(), knobs(prefer));
    }

    /**
     * What the job takes with {@code settings}.
     *
     * @throws dev.snug.onnx.OnnxException when the sizes of a graph do not follow from them
     */
    Cost cost(S settings);

    /**
     * More than the job takes with {@code settings}, told at once ({@link Demand#ample}); empty
     * where its sizes are no common ones.
     */
    Optional<Cost> bound(S settings);
}
