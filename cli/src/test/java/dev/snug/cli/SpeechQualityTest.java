package dev.snug.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.runtime.bundle.Bundle;

import org.junit.jupiter.api.Test;

/** What is known of a voice's quality. The oracle is the table of docs/VOICE.md. */
final class SpeechQualityTest {
    private static final SpeechQuality SHIPPED =
            SpeechQuality.of(Bundle.open(Golden.ROOT.resolve("models/snug-vi"))).orElseThrow();

    @Test
    void theModelsOwnSettingsComeFirst() {
        SpeechQuality.Variant own = SHIPPED.variants().getFirst();

        assertThat(own.steps()).isEqualTo(7);
        assertThat(own.isWhole()).isTrue();
        assertThat(own.share()).isBetween(own.low(), own.high());
    }

    @Test
    void otherStepsAreThoseThatDifferInNothingElse() {
        assertThat(SHIPPED.at(7)).contains(SHIPPED.variants().getFirst());
        assertThat(SHIPPED.at(5).orElseThrow().schedule()).isEqualTo("epss");
        assertThat(SHIPPED.at(3)).isEmpty();
    }
}
