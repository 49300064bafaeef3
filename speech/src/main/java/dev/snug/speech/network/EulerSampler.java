package dev.snug.speech.network;

import dev.snug.speech.schedule.Schedule;

/**
 * Euler integration of dx/dt = v(x, t) over a schedule with classifier-free guidance: a pure loop
 * over a velocity function. The unconditional branch runs after the conditional one, never with it:
 * two branches at once hold the activations of two.
 *
 * <p>Source: Lipman and others, "Flow Matching for Generative Modeling", 2023 (arXiv 2210.02747);
 * Ho and Salimans, "Classifier-Free Diffusion Guidance", 2022 (arXiv 2207.12598), in the form v =
 * conditional + guidance · (conditional - unconditional).
 */
public final class EulerSampler {
    /** What the velocity is conditioned on. */
    public enum Branch {
        /** Reference and text. */
        CONDITIONAL,
        /** No reference, filler for text. */
        UNCONDITIONAL
    }

    /** dx/dt; the callee of a run may keep neither the state nor the result. */
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
        for (int step = 0; step < schedule.steps(); step++) {
            listener.beginning(step, schedule.steps());
            float[] conditional = velocity.at(step, state, Branch.CONDITIONAL);
            if (sampling.isGuided(step)) {
                float[] unconditional = velocity.at(step, state, Branch.UNCONDITIONAL);
                advance(
                        state,
                        conditional,
                        unconditional,
                        sampling.guidance(),
                        schedule.delta(step));
            } else {
                advance(state, conditional, schedule.delta(step));
            }
        }
        return state;
    }

    private static void advance(float[] state, float[] velocity, float delta) {
        for (int i = 0; i < state.length; i++) {
            state[i] += velocity[i] * delta;
        }
    }

    private static void advance(
            float[] state,
            float[] conditional,
            float[] unconditional,
            float guidance,
            float delta) {
        for (int i = 0; i < state.length; i++) {
            float guided = conditional[i] + (conditional[i] - unconditional[i]) * guidance;
            state[i] += guided * delta;
        }
    }
}
