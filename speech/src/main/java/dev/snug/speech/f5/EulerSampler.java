package dev.snug.speech.f5;

import java.util.Arrays;

/**
 * Euler integration of dx/dt = v(x, t) over given times with classifier-free guidance: a pure loop
 * over a velocity function.
 *
 * <p>Source: Lipman and others, "Flow Matching for Generative Modeling", 2023 (arXiv 2210.02747);
 * Ho and Salimans, "Classifier-Free Diffusion Guidance", 2022 (arXiv 2207.12598), in the form v =
 * conditional + guidance · (conditional - unconditional).
 */
public final class EulerSampler {
    /** Guidance below this changes nothing: the unconditional branch is not run. */
    private static final float GUIDANCE_MIN = 1e-5f;

    /** More steps than any schedule has; bounds what a flag can ask for. */
    public static final int STEPS_MOST = 1000;

    /** What the velocity is conditioned on. */
    public enum Branch {
        /** Reference and text. */
        CONDITIONAL,
        /** No reference, filler for text. */
        UNCONDITIONAL
    }

    /** dx/dt; the caller of a run may keep neither the state nor the result. */
    @FunctionalInterface
    public interface Velocity {
        /**
         * The velocity at {@code state}, as many values as it has.
         *
         * @param step 0 to steps - 1
         */
        float[] at(int step, float[] state, Branch branch);
    }

    private final float[] times;
    private final float guidance;

    /**
     * @param times where steps begin, rising, and where the last ends: steps + 1 values in 0 to 1
     * @param guidance 0 for none; F5-TTS uses 2
     * @throws IllegalArgumentException when the times do not rise or a value is out of range
     */
    public EulerSampler(float[] times, float guidance) {
        if (times.length < 2 || times.length > STEPS_MOST + 1) {
            throw new IllegalArgumentException(
                    "a schedule has 1 to " + STEPS_MOST + " steps, not " + (times.length - 1));
        }
        for (int i = 1; i < times.length; i++) {
            if (!(times[i] > times[i - 1])) {
                throw new IllegalArgumentException(
                        "the times must rise: " + times[i] + " follows " + times[i - 1]);
            }
        }
        if (times[0] < 0 || times[times.length - 1] > 1) {
            throw new IllegalArgumentException("times lie in 0 to 1: " + Arrays.toString(times));
        }
        if (!(guidance >= 0) || Float.isInfinite(guidance)) {
            throw new IllegalArgumentException("guidance is 0 or more, not " + guidance);
        }
        this.times = times.clone();
        this.guidance = guidance;
    }

    /** Steps of a run. */
    public int steps() {
        return times.length - 1;
    }

    /** The state after the last step, from {@code noise}, which is left as it is. */
    public float[] sample(float[] noise, Velocity velocity) {
        float[] state = noise.clone();
        for (int step = 0; step < steps(); step++) {
            float delta = times[step + 1] - times[step];
            float[] conditional = velocity.at(step, state, Branch.CONDITIONAL);
            if (guidance < GUIDANCE_MIN) {
                advance(state, conditional, delta);
            } else {
                float[] unconditional = velocity.at(step, state, Branch.UNCONDITIONAL);
                advance(state, conditional, unconditional, guidance, delta);
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
