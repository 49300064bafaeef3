package dev.snug.speech.network;

import dev.snug.speech.schedule.Schedule;

/**
 * How noise becomes a spectrogram.
 *
 * @param schedule the times of the Euler steps
 * @param guidance classifier-free guidance, 0 for none; F5-TTS uses 2
 * @param guidanceSteps on which of them the unconditional branch is not run
 */
public record Sampling(Schedule schedule, float guidance, GuidanceSteps guidanceSteps) {
    /** Of F5-TTS and of all exported graphs; other models say theirs. */
    public static final float GUIDANCE = 2;

    /** Far beyond any use; louder guidance only distorts. */
    public static final float GUIDANCE_MAX = 20;

    /** Guidance below this changes nothing: the unconditional branch is not run. */
    private static final float GUIDANCE_MIN = 1e-5f;

    public Sampling {
        if (!(guidance >= 0 && guidance <= GUIDANCE_MAX)) {
            throw new IllegalArgumentException(
                    "guidance %s is out of range 0 to %s".formatted(guidance, GUIDANCE_MAX));
        }
        guidanceSteps = guidanceSteps.within(schedule.steps());
    }

    /** Whether the unconditional branch runs on {@code step}, from 0. */
    public boolean isGuided(int step) {
        return guidance >= GUIDANCE_MIN && guidanceSteps.isComputed(step);
    }

    /** Whether {@code step}, from 0, takes the guidance of an earlier one. */
    public boolean isReused(int step) {
        return guidance >= GUIDANCE_MIN && guidanceSteps.reused().contains(step);
    }

    /** Whether any step does, so that the difference of the branches is kept between steps. */
    public boolean isReusing() {
        return guidance >= GUIDANCE_MIN && !guidanceSteps.reused().isEmpty();
    }

    /** Runs of the velocity, both branches counted. */
    public int evaluations() {
        int steps = schedule.steps();
        return guidance < GUIDANCE_MIN ? steps : guidanceSteps.runs(steps);
    }
}
