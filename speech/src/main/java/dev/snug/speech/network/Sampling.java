package dev.snug.speech.network;

import dev.snug.speech.schedule.Schedule;

import java.util.Set;

/**
 * How noise becomes a spectrogram.
 *
 * @param schedule the times of the Euler steps
 * @param guidance classifier-free guidance, 0 for none; F5-TTS uses 2
 * @param unguided steps, from 0, on which the unconditional branch is not run
 */
public record Sampling(Schedule schedule, float guidance, Set<Integer> unguided) {
    /** Of F5-TTS and of all exported graphs; other models say theirs. */
    public static final float GUIDANCE = 2;

    /** Far beyond any use; louder guidance only distorts. */
    public static final float GUIDANCE_MAX = 20;

    /** Guidance below this changes nothing: the unconditional branch is not run. */
    private static final float GUIDANCE_MIN = 1e-5f;

    public Sampling {
        unguided = Set.copyOf(unguided);
        if (!(guidance >= 0 && guidance <= GUIDANCE_MAX)) {
            throw new IllegalArgumentException(
                    "guidance %s is out of range 0 to %s".formatted(guidance, GUIDANCE_MAX));
        }
        for (int step : unguided) {
            if (step < 0 || step >= schedule.steps()) {
                throw new IllegalArgumentException(
                        "there is no step %d among %d".formatted(step, schedule.steps()));
            }
        }
    }

    /** Whether the unconditional branch runs on {@code step}, from 0. */
    public boolean isGuided(int step) {
        return guidance >= GUIDANCE_MIN && !unguided.contains(step);
    }

    /** Runs of the velocity, both branches counted. */
    public int evaluations() {
        int steps = schedule.steps();
        return guidance < GUIDANCE_MIN ? steps : 2 * steps - unguided.size();
    }
}
