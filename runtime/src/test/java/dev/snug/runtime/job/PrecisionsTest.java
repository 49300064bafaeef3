package dev.snug.runtime.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.runtime.plan.Prefer;

import org.junit.jupiter.api.Test;

import java.util.Map;

/** The order in which variants are tried; what is expected is written out. */
class PrecisionsTest {
    private static final Map<String, String> ALL =
            Map.of(
                    "fp32", "voice",
                    "fp16", "voice:fp16",
                    "int8", "voice:int8",
                    "int4", "voice:int4",
                    "dynamic-int8", "voice:dynamic-int8");

    @Test
    void whatIsCoarserComesLater() {
        assertThat(Precisions.order("voice", ALL, Prefer.BALANCED))
                .containsExactly(
                        "voice", "voice:fp16", "voice:int8", "voice:dynamic-int8", "voice:int4");
    }

    @Test
    void whatIsFastestComesFirstWhereSpeedIsPreferred() {
        assertThat(Precisions.order("voice", ALL, Prefer.SPEED))
                .startsWith("voice:dynamic-int8", "voice");
    }

    @Test
    void whatIsNotInstalledIsNotTried() {
        assertThat(Precisions.order("voice", Map.of("fp16", "voice"), Prefer.SPEED))
                .containsExactly("voice");
    }
}
