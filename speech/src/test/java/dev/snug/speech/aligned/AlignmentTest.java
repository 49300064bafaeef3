package dev.snug.speech.aligned;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.util.SplittableRandom;

/** The alignment of tokens to frames. The oracles are its definition and examples done by hand. */
class AlignmentTest {
    @Test
    void aFrameBelongsToTheFirstTokenThatEndsBehindItsCentre() {
        // Ends at 1.5, 1.5, 1.75 and 4: centre 1.5 is not before the end of the first two.
        Alignment alignment = Alignment.of(new double[] {1.5, 0, 0.25, 2.25}, 4);

        assertThat(alignment.tokens()).containsExactly(0, 2, 3, 3);
    }

    @Test
    void aPlaceIsThePartOfTheTokenBeforeTheCentreAndHalfTheLogarithmOfItsFrames() {
        float[] places = Alignment.of(new double[] {1, 4}, 5).places();

        assertThat(places)
                .containsExactly(
                        new float[] {
                            0.5f, -0.8f,
                            0.125f, (float) (Math.log(2) - 0.8),
                            0.375f, (float) (Math.log(2) - 0.8),
                            0.625f, (float) (Math.log(2) - 0.8),
                            0.875f, (float) (Math.log(2) - 0.8)
                        },
                        within(1e-6f));
    }

    @Test
    void framesBehindTheLastTokenBelongToIt() {
        assertThat(Alignment.of(new double[] {1, 1}, 4).tokens()).containsExactly(0, 1, 1, 1);
    }

    @Test
    void aTokenShorterThanAThousandthOfAFrameCountsAsOne() {
        float[] places = Alignment.of(new double[] {0.5, 1e-9}, 1).places();

        assertThat(places[0]).isEqualTo(0);
        assertThat(places[1]).isEqualTo((float) (Math.log(1e-3) / 2 - 0.8));
    }

    @Test
    void referenceAndChunkFillTheirFramesAndTheSpaceBetweenHasNone() {
        SplittableRandom random = new SplittableRandom(3);
        for (int round = 0; round < 100; round++) {
            float[] logFrames = new float[random.nextInt(3, 40)];
            for (int i = 0; i < logFrames.length; i++) {
                logFrames[i] = (float) random.nextDouble(-2, 4);
            }
            int reference = random.nextInt(1, logFrames.length - 1);
            double[] durations = Alignment.durations(logFrames, reference, 100, 257);

            double sum = 0;
            double whole = 0;
            for (int i = 0; i < durations.length; i++) {
                sum += i < reference ? durations[i] : 0;
                whole += durations[i];
            }
            assertThat(sum).isCloseTo(100, within(1e-9));
            assertThat(whole).isCloseTo(257, within(1e-9));
            assertThat(durations[reference]).isZero();
            assertThat(Alignment.of(durations, 257).tokens()).doesNotContain(reference);
        }
    }

    @Test
    void aReferenceWithoutTokensOrAChunkWithoutTimeIsRefused() {
        float[] three = {0, 0, 0};
        assertThatThrownBy(() -> Alignment.durations(three, 0, 5, 9))
                .hasMessageContaining("0 tokens of the reference among 3");
        assertThatThrownBy(() -> Alignment.durations(three, 2, 5, 9))
                .hasMessageContaining("2 tokens of the reference among 3");
        assertThatThrownBy(() -> Alignment.durations(three, 1, 9, 9))
                .hasMessageContaining("9 frames of the reference among 9");
        assertThatThrownBy(() -> Alignment.durations(new float[] {0, 0, Float.NaN}, 1, 5, 9))
                .hasMessageContaining("sum to NaN");
    }
}
