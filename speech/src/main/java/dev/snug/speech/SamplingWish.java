package dev.snug.speech;

import dev.snug.speech.network.GuidanceSteps;
import dev.snug.speech.network.Networks;
import dev.snug.speech.network.Sampling;
import dev.snug.speech.schedule.Schedule;
import dev.snug.speech.schedule.Schedule.Kind;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * How noise is to become speech, as far as somebody said so.
 *
 * @param steps Euler steps, 1 to {@link Schedule#STEPS_MAX}; empty for the model's own number
 * @param kind which times they take; empty for the model's own, mostly the pruned ones
 * @param guidance classifier-free guidance, 0 for none, at most {@link Sampling#GUIDANCE_MAX};
 *     empty for the model's own
 * @param guidanceSteps on which steps guidance is left out or used again; {@link GuidanceSteps#ALL}
 *     is the model's own, where steps and kind are too
 */
public record SamplingWish(
        OptionalInt steps,
        Optional<Kind> kind,
        Optional<Float> guidance,
        GuidanceSteps guidanceSteps) {
    /** All as the model and the rules have it. */
    public static final SamplingWish DEFAULT =
            new SamplingWish(
                    OptionalInt.empty(), Optional.empty(), Optional.empty(), GuidanceSteps.ALL);

    public SamplingWish {
        if (steps.isPresent() && (steps.getAsInt() < 1 || steps.getAsInt() > Schedule.STEPS_MAX)) {
            throw new IllegalArgumentException(
                    "steps %d is out of range 1 to %d"
                            .formatted(steps.getAsInt(), Schedule.STEPS_MAX));
        }
        guidance.ifPresent(SamplingWish::requireGuidance);
    }

    private static void requireGuidance(float guidance) {
        // Written so that NaN fails too.
        if (!(guidance >= 0 && guidance <= Sampling.GUIDANCE_MAX)) {
            throw new IllegalArgumentException(
                    "cfg %s is out of range 0 to %s".formatted(guidance, Sampling.GUIDANCE_MAX));
        }
    }

    /** The same with so many steps. */
    public SamplingWish withSteps(int count) {
        return new SamplingWish(OptionalInt.of(count), kind, guidance, guidanceSteps);
    }

    /**
     * The sampling of one run.
     *
     * @throws IllegalArgumentException when the rules or the model do not have it; says why
     */
    public Sampling under(Compat compat, Networks networks) {
        Schedule schedule =
                switch (compat) {
                    case NONE ->
                            networks.schedule(
                                    kind.orElse(networks.scheduleDefault()),
                                    steps.orElse(networks.stepsDefault()));
                    case F5 -> ofF5(networks);
                    case VIETVOICE -> ofVietVoice();
                };
        return new Sampling(
                schedule,
                guidance.orElse(networks.guidanceDefault()),
                isModelsOwn(compat) ? networks.guidanceStepsDefault() : guidanceSteps);
    }

    /** Which steps need no guidance was measured for the model's own steps only. */
    private boolean isModelsOwn(Compat compat) {
        return compat == Compat.NONE
                && steps.isEmpty()
                && kind.isEmpty()
                && guidanceSteps.equals(GuidanceSteps.ALL);
    }

    /** The very times of F5-TTS; a model with other times cannot make its sound. */
    private Schedule ofF5(Networks networks) {
        Kind asked = kind.orElse(Kind.EPSS);
        int count = steps.orElse(Schedule.STEPS);
        Schedule exact = Schedule.of(asked, count);
        if (!networks.schedule(asked, count).equals(exact)) {
            throw new IllegalArgumentException(
                    "--compat f5 with %d steps needs times that this model does not have; leave out --compat"
                            .formatted(count));
        }
        return exact;
    }

    /**
     * Whether {@code schedule} has the very times that were asked for. A model whose times are
     * fixed takes those next to them, and nobody is to believe otherwise.
     */
    public boolean isMetBy(Schedule schedule) {
        return steps.isEmpty()
                || kinds().anyMatch(each -> schedule.equals(Schedule.of(each, steps.getAsInt())));
    }

    /** Those that were asked for: any, where nobody said. */
    private Stream<Kind> kinds() {
        return kind.map(Stream::of).orElse(Arrays.stream(Kind.values()));
    }

    private Schedule ofVietVoice() {
        int points = Schedule.export().steps() + 1;
        if (steps.isPresent() && steps.getAsInt() != points) {
            throw new IllegalArgumentException(
                    ("--compat vietvoice takes no --steps %d: VietVoice-TTS has %d points and runs"
                         + " fewer of them without finishing (16 stop at t = 0.275); leave out"
                         + " --compat to take fewer steps")
                            .formatted(steps.getAsInt(), points));
        }
        if (kind.isPresent() && kind.get() != Kind.UNIFORM) {
            throw new IllegalArgumentException(
                    "--compat vietvoice takes --schedule uniform only: its points are equal ones");
        }
        return Schedule.export();
    }
}
