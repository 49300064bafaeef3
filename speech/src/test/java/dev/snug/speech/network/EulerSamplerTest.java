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
        assertThat(branchesRun(new Sampling(UNEVEN, 0, Set.of())))
                .containsExactly(Branch.CONDITIONAL, Branch.CONDITIONAL);
    }

    @Test
    void onTheStatedStepsTheUnconditionalBranchIsNotRun() {
        assertThat(branchesRun(new Sampling(UNEVEN, 2, Set.of(0))))
                .containsExactly(Branch.CONDITIONAL, Branch.CONDITIONAL, Branch.UNCONDITIONAL);
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
        Sampling sampling = new Sampling(UNEVEN, 0, Set.of());
        assertThatThrownBy(() -> EulerSampler.sample(floats(0), sampling, velocity, listener))
                .isInstanceOf(CancellationException.class);
        assertThat(run).containsExactly(0);
    }

    @Test
    void guidanceAndStepsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> new Sampling(UNEVEN, Float.NaN, Set.of()))
                .hasMessageContaining("guidance NaN");
        assertThatThrownBy(() -> new Sampling(UNEVEN, 2, Set.of(2)))
                .hasMessageContaining("no step 2 among 2");
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
        Sampling sampling = new Sampling(UNEVEN, guidance, Set.of());
        return EulerSampler.sample(noise, sampling, velocity, StepListener.NONE);
    }

    private static float[] floats(float... values) {
        return values;
    }
}
