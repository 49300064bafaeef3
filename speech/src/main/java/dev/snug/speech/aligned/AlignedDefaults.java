package dev.snug.speech.aligned;

import dev.snug.runtime.json.Fields;
import dev.snug.runtime.json.JsonException;
import dev.snug.speech.f5.StepTable;
import dev.snug.speech.f5.TransformerSizes;
import dev.snug.speech.network.GuidanceSteps;
import dev.snug.speech.network.Sampling;
import dev.snug.speech.schedule.Schedule;
import dev.snug.speech.text.Vocabulary;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What was measured of an aligned model when it was trained.
 *
 * @param guidance where nobody says, 0 to {@link Sampling#GUIDANCE_MAX}
 * @param steps where nobody says, 1 to {@link Schedule#STEPS_MAX}
 * @param schedule their times where nobody says
 * @param guidanceSteps those of the steps that need no guidance of their own
 * @param framesPerToken frames that each line of the vocabulary lasts on average, 0 to {@link
 *     #FRAMES_MOST}, above 0 together
 */
public record AlignedDefaults(
        float guidance,
        int steps,
        Schedule.Kind schedule,
        GuidanceSteps guidanceSteps,
        List<Float> framesPerToken) {
    /** Ten seconds; no character lasts as long. */
    private static final float FRAMES_MOST = 1000;

    /** Models that were made before there were such keys need guidance on all steps. */
    private static final String UNGUIDED = "unguided_steps";

    private static final String REUSED = "reused_guidance_steps";

    public AlignedDefaults {
        framesPerToken = List.copyOf(framesPerToken);
        if (!(guidance >= 0 && guidance <= Sampling.GUIDANCE_MAX)) {
            throw new JsonException(
                    "guidance %s is out of range 0 to %s"
                            .formatted(guidance, Sampling.GUIDANCE_MAX));
        }
        for (float frames : framesPerToken) {
            // Written so that NaN fails too.
            if (!(frames >= 0 && frames <= FRAMES_MOST)) {
                throw new JsonException(
                        "frames_per_token: %s is out of range 0 to %s"
                                .formatted(frames, FRAMES_MOST));
            }
        }
    }

    /** The defaults among other properties, by the keys of {@link #put}. */
    static AlignedDefaults read(Fields fields) {
        return new AlignedDefaults(
                (float) fields.number("guidance"),
                TransformerSizes.size(fields, "steps", Schedule.STEPS_MAX),
                fields.choice("schedule", Schedule.Kind.class),
                guidanceSteps(fields),
                StepTable.numbers(fields, "frames_per_token", Vocabulary.LINES_MAX));
    }

    private static GuidanceSteps guidanceSteps(Fields fields) {
        Set<Integer> unguided = steps(fields, UNGUIDED);
        Set<Integer> reused = steps(fields, REUSED);
        try {
            return new GuidanceSteps(unguided, reused);
        } catch (IllegalArgumentException e) {
            throw new JsonException(REUSED + ": " + e.getMessage(), e);
        }
    }

    private static Set<Integer> steps(Fields fields, String key) {
        Set<Integer> steps = new TreeSet<>();
        if (!fields.has(key)) {
            return steps;
        }
        int count = TransformerSizes.size(fields, "steps", Schedule.STEPS_MAX);
        for (float step : StepTable.numbers(fields, key, Schedule.STEPS_MAX)) {
            if (step != (int) step) {
                throw new JsonException(key + ": " + step + " is no whole number");
            }
            if (step < 0 || step >= count) {
                throw new JsonException(
                        "%s: there is no step %d among %d".formatted(key, (int) step, count));
            }
            steps.add((int) step);
        }
        return steps;
    }

    void put(Map<String, Object> properties) {
        properties.put("guidance", (double) guidance);
        properties.put("steps", (long) steps);
        properties.put("schedule", schedule.name().toLowerCase(Locale.ROOT));
        putSteps(properties, UNGUIDED, guidanceSteps.skipped());
        putSteps(properties, REUSED, guidanceSteps.reused());
        properties.put(
                "frames_per_token", framesPerToken.stream().map(Float::doubleValue).toList());
    }

    private static void putSteps(Map<String, Object> properties, String key, Set<Integer> steps) {
        if (!steps.isEmpty()) {
            properties.put(key, steps.stream().sorted().map(Integer::longValue).toList());
        }
    }
}
