package dev.snug.speech.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.speech.network.EulerSampler.Branch;
import dev.snug.speech.network.EulerSampler.Velocity;
import dev.snug.speech.schedule.Schedule;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;

/** The loop on velocities whose sums are known by hand. */
class EulerSamplerTest {
    private static final Schedule UNEVEN = new Schedule(new float[] {0, 0.25f, 1});

    private static final Velocity HALVED =
            (step, state, branch) -> floats(branch == Branch.CONDITIONAL ? state[0] : state[0] / 2);

    @Test
    void aConstantVelocityIsIntegratedToTheLastTime() {
        float[] noise = {1, -2};
        assertThat(sample(noise, 0, (step, state, branch) -> floats(4, 8))).containsExactly(5, 6);
        assertThat(noise).containsExactly(1, -2);
    }

    @Test
    void eachStepTakesTheVelocityAtItsBeginning() {
        float[] end = sample(floats(1), 0, (step, state, branch) -> floats(state[0]));
        assertThat(end).containsExactly(1.25f * 1.75f);
    }

    @Test
    void guidanceLeadsAwayFromTheUnconditionalBranch() {
        float[] end =
                sample(
                        floats(0),
                        2,
                        (step, state, branch) -> floats(branch == Branch.CONDITIONAL ? 3 : 1));
        assertThat(end).containsExactly(3 + 2 * (3 - 1));
    }

    @Test
    void withoutGuidanceTheUnconditionalBranchIsNotRun() {
        assertThat(branchesRun(new Sampling(UNEVEN, 0, GuidanceSteps.ALL)))
                .containsExactly(Branch.CONDITIONAL, Branch.CONDITIONAL);
    }

    @Test
    void onTheStatedStepsTheUnconditionalBranchIsNotRun() {
        assertThat(branchesRun(new Sampling(UNEVEN, 2, GuidanceSteps.without(Set.of(0)))))
                .containsExactly(Branch.CONDITIONAL, Branch.CONDITIONAL, Branch.UNCONDITIONAL);
    }

    @Test
    void onStepsThatUseAnEarlierDifferenceOnlyTheConditionalBranchIsRun() {
        assertThat(branchesRun(new Sampling(UNEVEN, 2, reusedOn(1))))
                .containsExactly(Branch.CONDITIONAL, Branch.UNCONDITIONAL, Branch.CONDITIONAL);
        assertThat(branchesRun(new Sampling(UNEVEN, 0, reusedOn(1))))
                .containsExactly(Branch.CONDITIONAL, Branch.CONDITIONAL);
    }

    @Test
    void theDifferenceOfTheLastComputedStepIsUsedAgain() {
        // Branches x and x / 2. By hand: 1 + (1 + 2 · 0.5) / 4 = 1.5, then with 0.5 again, where
        // the branches lie 0.75 apart, 1.5 + (1.5 + 2 · 0.5) · 3 / 4.
        assertThat(sampled(1, new Sampling(UNEVEN, 2, reusedOn(1)), HALVED))
                .containsExactly(3.375f);
    }

    @Test
    void aStepWithoutGuidanceBetweenLeavesTheDifferenceToALaterOne() {
        Schedule three = new Schedule(new float[] {0, 0.25f, 0.5f, 1});
        GuidanceSteps steps = new GuidanceSteps(Set.of(1), Set.of(2));
        // 1.5 as above, 1.5 + 1.5 / 4 = 1.875, 1.875 + (1.875 + 2 · 0.5) / 2.
        assertThat(sampled(1, new Sampling(three, 2, steps), HALVED)).containsExactly(3.3125f);
    }

    @Test
    void aDifferenceThatNeverChangesIsAsGoodAsGuidanceOnEachStep() {
        Velocity velocity =
                (step, state, branch) ->
                        floats(branch == Branch.CONDITIONAL ? state[0] : state[0] - 0.5f);
        float[] all = sampled(1, new Sampling(UNEVEN, 2, GuidanceSteps.ALL), velocity);
        assertThat(sampled(1, new Sampling(UNEVEN, 2, reusedOn(1)), velocity)).isEqualTo(all);
        assertThat(sampled(1, new Sampling(UNEVEN, 2, GuidanceSteps.without(Set.of(1))), velocity))
                .isNotEqualTo(all);
    }

    @Test
    void aListenerEndsTheRunBeforeTheNextStep() {
        List<Integer> run = new ArrayList<>();
        Velocity velocity =
                (step, state, branch) -> {
                    run.add(step);
                    return floats(0);
                };
        StepListener listener =
                (step, steps) -> {
                    if (step == 1) {
                        throw new CancellationException();
                    }
                };
        Sampling sampling = new Sampling(UNEVEN, 0, GuidanceSteps.ALL);
        assertThatThrownBy(() -> EulerSampler.sample(floats(0), sampling, velocity, listener))
                .isInstanceOf(CancellationException.class);
        assertThat(run).containsExactly(0);
    }

    @Test
    void guidanceAndStepsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new Sampling(UNEVEN, Float.NaN, GuidanceSteps.ALL))
                .hasMessageContaining("guidance NaN");
        assertThatThrownBy(() -> new Sampling(UNEVEN, 2, GuidanceSteps.without(Set.of(2))))
                .hasMessageContaining("no step 2 among 2");
    }

    private static GuidanceSteps reusedOn(int step) {
        return new GuidanceSteps(Set.of(), Set.of(step));
    }

    private static float[] sampled(float noise, Sampling sampling, Velocity velocity) {
        return EulerSampler.sample(floats(noise), sampling, velocity, StepListener.NONE);
    }

    private static List<Branch> branchesRun(Sampling sampling) {
        List<Branch> run = new ArrayList<>();
        EulerSampler.sample(
                floats(0),
                sampling,
                (step, state, branch) -> {
                    run.add(branch);
                    return floats(0);
                },
                StepListener.NONE);
        return run;
    }

    private static float[] sample(float[] noise, float guidance, Velocity velocity) {
        Sampling sampling = new Sampling(UNEVEN, guidance, GuidanceSteps.ALL);
        return EulerSampler.sample(noise, sampling, velocity, StepListener.NONE);
    }

    private static float[] floats(float... values) {
        return values;
    }
}
