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
}
