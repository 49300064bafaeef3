package dev.snug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.runtime.bundle.Bundle;
import dev.snug.speech.SamplingWish;
import dev.snug.speech.network.GuidanceSteps;
import dev.snug.speech.schedule.Schedule;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** What is known of a voice's quality. The oracle is the table of docs/VOICE.md. */
final class SpeechQualityTest {
    private static final SpeechQuality SHIPPED =
            SpeechQuality.of(Bundle.open(Golden.ROOT.resolve("models/snug-vi"))).orElseThrow();

    @Test
    void theModelsOwnSettingsComeFirst() {
        SpeechQuality.Variant own = SHIPPED.variants().getFirst();

        assertThat(own.steps()).isEqualTo(4);
        assertThat(own.guidanceSteps().skipped()).containsExactlyInAnyOrder(0, 1);
        assertThat(own.isWhole()).isTrue();
        assertThat(own.share()).isBetween(own.low(), own.high());
    }

    @Test
    void otherStepsAreThoseThatDifferInNothingElse() {
        assertThat(SHIPPED.at(4)).contains(SHIPPED.variants().getFirst());
        assertThat(SHIPPED.at(5).orElseThrow().schedule()).isEqualTo("uniform");
        assertThat(SHIPPED.at(5).orElseThrow().guidanceSteps()).isEqualTo(GuidanceSteps.ALL);
        assertThat(SHIPPED.at(6)).isEmpty();
    }

    @Test
    void aDraftIsTheCheapestRowThatSurelyLosesFewSyllables() {
        assertThat(SHIPPED.draft())
                .isEqualTo(
                        new SamplingWish(
                                OptionalInt.of(2),
                                Optional.of(Schedule.Kind.UNIFORM),
                                Optional.of(1f),
                                GuidanceSteps.without(Set.of(0))));
        SpeechQuality.Variant own = row(4, 0.9, 0);
        assertThat(new SpeechQuality(List.of(own, row(1, 0.8, -0.11))).draft().steps()).hasValue(4);
        assertThat(new SpeechQuality(List.of(own, row(1, 0.87, -0.04))).draft().steps())
                .hasValue(1);
    }

    @Test
    void theBestIsWhatWasUnderstoodBestWhateverItTakes() {
        double most =
                SHIPPED.variants().stream()
                        .mapToDouble(SpeechQuality.Variant::share)
                        .max()
                        .orElseThrow();

        assertThat(SHIPPED.best().guidanceSteps().skipped()).containsExactlyInAnyOrder(0, 1, 2, 3);
        assertThat(most).isGreaterThan(SHIPPED.variants().getFirst().share());
        assertThat(new SpeechQuality(List.of(row(4, 0.8, 0), row(9, 0.9, 0))).best().steps())
                .hasValue(9);
    }

    private static SpeechQuality.Variant row(int steps, double share, double changeLow) {
        return new SpeechQuality.Variant(
                steps,
                "uniform",
                1,
                GuidanceSteps.ALL,
                true,
                Optional.empty(),
                share,
                share - 0.02,
                share + 0.02,
                changeLow);
    }
}
