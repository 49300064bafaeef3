package dev.snug.speech.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.speech.schedule.Schedule;

import org.junit.jupiter.api.Test;

import java.util.Set;

/** Which steps run what, and what that is counted as. */
class GuidanceStepsTest {
    private static final Schedule FOUR = Schedule.uniform(4, Schedule.SWAY);

    @Test
    void eachStepThatDoesNotComputeGuidanceIsARunLess() {
        GuidanceSteps steps = new GuidanceSteps(Set.of(0), Set.of(2, 3));

        assertThat(steps.isComputed(0)).isFalse();
        assertThat(steps.isComputed(1)).isTrue();
        assertThat(steps.isComputed(2)).isFalse();
        assertThat(new Sampling(FOUR, 2, GuidanceSteps.ALL).evaluations()).isEqualTo(8);
        assertThat(new Sampling(FOUR, 2, steps).evaluations()).isEqualTo(5);
        assertThat(new Sampling(FOUR, 0, steps).evaluations()).isEqualTo(4);
    }

    @Test
    void whatIsUsedAgainMustHaveBeenComputed() {
        assertThatThrownBy(() -> new GuidanceSteps(Set.of(), Set.of(0)))
                .hasMessageContaining("step 0 has no guidance to use again");
        assertThatThrownBy(() -> new GuidanceSteps(Set.of(0, 1), Set.of(3, 2)))
                .hasMessageContaining("step 2 has no guidance to use again");
        assertThatThrownBy(() -> new GuidanceSteps(Set.of(1), Set.of(1)))
                .hasMessageContaining("step 1 cannot both be");
    }

    @Test
    void aStepThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> new Sampling(FOUR, 2, new GuidanceSteps(Set.of(), Set.of(4))))
                .hasMessageContaining("no step 4 among 4");
        assertThatThrownBy(() -> new Sampling(FOUR, 2, GuidanceSteps.without(Set.of(-1))))
                .hasMessageContaining("no step -1 among 4");
    }

    @Test
    void theDifferenceThatIsKeptIsOneSpectrogramMore() {
        GuidanceSteps reused = new GuidanceSteps(Set.of(), Set.of(1));
        ChunkLoad plain = load(new Sampling(FOUR, 2, GuidanceSteps.ALL));

        assertThat(load(new Sampling(FOUR, 2, reused)).samplingBytes())
                .isEqualTo(plain.samplingBytes() + plain.melBytes());
        assertThat(load(new Sampling(FOUR, 0, reused)).samplingBytes())
                .isEqualTo(plain.samplingBytes());
    }

    private static ChunkLoad load(Sampling sampling) {
        return new ChunkLoad(24_000, 10, 400, sampling);
    }
}
