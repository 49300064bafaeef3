package dev.snug.speech.plan;

import dev.snug.runtime.budget.BudgetException;
import dev.snug.runtime.plan.Demand;
import dev.snug.runtime.plan.StageGate;
import dev.snug.speech.network.Conditions;
import dev.snug.speech.network.GuidanceSteps;
import dev.snug.speech.network.Networks;
import dev.snug.speech.network.Sampling;
import dev.snug.speech.network.SpeechStage;
import dev.snug.speech.network.StepListener;
import dev.snug.speech.schedule.Schedule;
import dev.snug.speech.text.Reference;
import dev.snug.speech.text.TextException;
import dev.snug.speech.text.Tokens;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Networks whose stages begin once their memory is reserved, and give it back when they end,
 * whether they made something or not. What is larger than planned is refused. Networks that are
 * kept reserve the most of all stages once, and give it back when they are closed.
 */
public final class ReservedNetworks implements Networks {
    private final Networks networks;
    private final List<Demand> demands;
    private final int referenceSamples;
    private final int framesMost;
    private final StageGate gate;
    private final boolean isKept;
    private StageGate.@Nullable Pass kept;

    /**
     * {@code networks} as planned.
     *
     * @param demands of the plan's cost
     * @param referenceSamples of the voice that was planned, at 24 kHz
     * @param framesMost of the longest chunk that was planned, reference included
     * @param isKept whether {@code networks} stay loaded between chunks
     */
    public ReservedNetworks(
            Networks networks,
            List<Demand> demands,
            int referenceSamples,
            int framesMost,
            StageGate gate,
            boolean isKept) {
        this.networks = networks;
        this.demands = List.copyOf(demands);
        this.referenceSamples = referenceSamples;
        this.framesMost = framesMost;
        this.gate = gate;
        this.isKept = isKept;
    }

    /**
     * As the interface has it.
     *
     * @throws BudgetException when the memory is not there
     * @throws TextException when the reference is longer than planned
     */
    @Override
    public float[] mel(float[] reference) {
        if (reference.length > referenceSamples) {
            throw new TextException(
                    "a reference of %d samples was planned as %d; plan with this voice"
                            .formatted(reference.length, referenceSamples));
        }
        return within(EnumSet.of(SpeechStage.MEL), () -> networks.mel(reference));
    }

    /**
     * As the interface has it.
     *
     * @throws BudgetException when the memory is not there
     * @throws TextException when the chunk is longer than planned
     */
    @Override
    public Conditions conditions(float[] referenceMel, Tokens tokens, int frames) {
        if (frames > framesMost) {
            throw new TextException(
                    "a chunk of %d mel frames (%.1f s) is longer than the %d (%.1f s) that were planned: give it commas, lower --chunk-seconds or raise --memory"
                            .formatted(frames, seconds(frames), framesMost, seconds(framesMost)));
        }
        return within(
                EnumSet.of(SpeechStage.DURATIONS, SpeechStage.TEXT),
                () -> networks.conditions(referenceMel, tokens, frames));
    }

    private static double seconds(int frames) {
        return frames * (double) Reference.HOP_SAMPLES / Reference.SAMPLE_RATE;
    }

    @Override
    public Schedule schedule(Schedule.Kind kind, int steps) {
        return networks.schedule(kind, steps);
    }

    @Override
    public int stepsDefault() {
        return networks.stepsDefault();
    }

    @Override
    public Schedule.Kind scheduleDefault() {
        return networks.scheduleDefault();
    }

    @Override
    public float guidanceDefault() {
        return networks.guidanceDefault();
    }

    @Override
    public GuidanceSteps guidanceStepsDefault() {
        return networks.guidanceStepsDefault();
    }

    /**
     * As the interface has it.
     *
     * @throws BudgetException when the memory is not there
     */
    @Override
    public float[] sample(
            Conditions conditions, float[] noise, Sampling sampling, StepListener listener) {
        return within(
                EnumSet.of(SpeechStage.STEPS, SpeechStage.VELOCITY),
                () -> networks.sample(conditions, noise, sampling, listener));
    }

    /**
     * As the interface has it.
     *
     * @throws BudgetException when the memory is not there
     */
    @Override
    public float[] sound(float[] mel, int referenceFrames) {
        return within(EnumSet.of(SpeechStage.VOCODER), () -> networks.sound(mel, referenceFrames));
    }

    /** One after the other run in one call, so the larger one counts; some run no graph. */
    private <T> T within(Set<SpeechStage> stages, Supplier<T> runs) {
        if (isKept) {
            if (kept == null) {
                kept = gate.enter(largest(demands.stream()).orElseThrow());
            }
            return runs.get();
        }
        Optional<Demand> demand =
                largest(
                        demands.stream()
                                .filter(
                                        each ->
                                                stages.stream()
                                                        .anyMatch(
                                                                of ->
                                                                        of.word()
                                                                                .equals(
                                                                                        each
                                                                                                .stage()))));
        if (demand.isEmpty()) {
            return runs.get();
        }
        try (StageGate.Pass _ = gate.enter(demand.get())) {
            return runs.get();
        }
    }

    private static Optional<Demand> largest(Stream<Demand> demands) {
        return demands.max(Comparator.comparingLong(Demand::staysBytes));
    }

    /** Lets go of what is kept, and of its memory. */
    @Override
    public void close() {
        networks.close();
        StageGate.Pass held = kept;
        if (held != null) {
            kept = null;
            held.close();
        }
    }
}
