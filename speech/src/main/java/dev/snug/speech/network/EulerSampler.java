package dev.snug.speech.network;

import static java.util.Objects.requireNonNull;

import dev.snug.speech.schedule.Schedule;

import org.jspecify.annotations.Nullable;

/**
 * Euler integration of dx/dt = v(x, t) over a schedule with classifier-free guidance: a pure loop
 * over a velocity function. The unconditional branch runs after the conditional one, never with it:
 * two branches at once hold the activations of two.
 *
 * <p>Source: Lipman and others, "Flow Matching for Generative Modeling", 2023 (arXiv 2210.02747);
 * Ho and Salimans, "Classifier-Free Diffusion Guidance", 2022 (arXiv 2207.12598), in the form v =
 * conditional + guidance · (conditional - unconditional). {@link GuidanceSteps} say where that
 * difference is left out, or used again.
 */
public final class EulerSampler {
    /** What the velocity is conditioned on. */
    public enum Branch {
        /** Reference and text. */
        CONDITIONAL,
        /** No reference, filler for text. */
        UNCONDITIONAL
    }

    /** dx/dt; a run may keep neither the state nor its result, which the sampler writes into. */
    @FunctionalInterface
    public interface Velocity {
        /**
         * The velocity at {@code state}, as many values as it has.
         *
         * @param step 0 to steps - 1
         */
        float[] at(int step, float[] state, Branch branch);
    }

    private EulerSampler() {}

    /** The state at t = 1, from {@code noise}, which is left as it is. */
    public static float[] sample(
            float[] noise, Sampling sampling, Velocity velocity, StepListener listener) {
        Schedule schedule = sampling.schedule();
        float[] state = noise.clone();
        float @Nullable [] kept = null;
        for (int step = 0; step < schedule.steps(); step++) {
            listener.beginning(step, schedule.steps());
            float[] conditional = velocity.at(step, state, Branch.CONDITIONAL);
            float delta = schedule.delta(step);
            if (sampling.isGuided(step)) {
                kept = null; // Not beside the arrays of the run that replaces it.
                float[] unconditional = velocity.at(step, state, Branch.UNCONDITIONAL);
                float[] difference = differenceIn(unconditional, conditional);
                advance(state, conditional, difference, sampling.guidance(), delta);
                kept = sampling.isReusing() ? difference : null;
            } else if (sampling.isReused(step)) {
                advance(state, conditional, requireNonNull(kept), sampling.guidance(), delta);
            } else {
                advance(state, conditional, delta);
            }
        }
        return state;
    }

    private static void advance(float[] state, float[] velocity, float delta) {
        for (int i = 0; i < state.length; i++) {
            state[i] += velocity[i] * delta;
        }
    }

    /** What the branches differ by, in the array of the unconditional one. */
    private static float[] differenceIn(float[] unconditional, float[] conditional) {
        for (int i = 0; i < unconditional.length; i++) {
            unconditional[i] = conditional[i] - unconditional[i];
        }
        return unconditional;
    }

    private static void advance(
            float[] state, float[] conditional, float[] difference, float guidance, float delta) {
        for (int i = 0; i < state.length; i++) {
            state[i] += (conditional[i] + difference[i] * guidance) * delta;
        }
    }
}
