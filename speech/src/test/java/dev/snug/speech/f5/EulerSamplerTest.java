package dev.snug.speech.f5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.speech.f5.EulerSampler.Branch;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** The loop on velocities whose sums are known by hand. */
class EulerSamplerTest {
    private static final float[] UNEVEN = {0, 0.25f, 1};

    @Test
    void aConstantVelocityIsIntegratedToTheLastTime() {
        float[] noise = {1, -2};
        float[] end =
                new EulerSampler(UNEVEN, 0).sample(noise, (step, state, branch) -> floats(4, 8));
        assertThat(end).containsExactly(5, 6);
        assertThat(noise).containsExactly(1, -2);
    }

    @Test
    void eachStepTakesTheVelocityAtItsBeginning() {
        float[] end =
                new EulerSampler(UNEVEN, 0)
                        .sample(floats(1), (step, state, branch) -> floats(state[0]));
        assertThat(end).containsExactly(1.25f * 1.75f);
    }

    @Test
    void guidanceLeadsAwayFromTheUnconditionalBranch() {
        float[] end =
                new EulerSampler(new float[] {0, 1}, 2)
                        .sample(
                                floats(0),
                                (step, state, branch) ->
                                        floats(branch == Branch.CONDITIONAL ? 3 : 1));
        assertThat(end).containsExactly(3 + 2 * (3 - 1));
    }

    @Test
    void withoutGuidanceTheUnconditionalBranchIsNotRun() {
        List<Branch> run = new ArrayList<>();
        new EulerSampler(UNEVEN, 0)
                .sample(
                        floats(0),
                        (step, state, branch) -> {
                            run.add(branch);
                            return floats(0);
                        });
        assertThat(run).containsExactly(Branch.CONDITIONAL, Branch.CONDITIONAL);
    }

    @Test
    void schedulesThatDoNotRiseWithinTheRangeAreRefused() {
        assertRefused(1, 0, 0.5f, 0.5f);
        assertRefused(1, 0, Float.NaN, 1);
        assertRefused(1, -0.1f, 1);
        assertRefused(1, 0, 1.1f);
        assertRefused(1, 0);
        assertRefused(-1, 0, 1);
        assertRefused(Float.NaN, 0, 1);
    }

    private static void assertRefused(float guidance, float... times) {
        assertThatThrownBy(() -> new EulerSampler(times, guidance))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static float[] floats(float... values) {
        return values;
    }
}
