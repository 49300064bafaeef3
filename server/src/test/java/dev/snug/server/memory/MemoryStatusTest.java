package dev.snug.server.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.runtime.limit.MemoryLimit;
import dev.snug.runtime.measure.Probe;
import dev.snug.server.answer.ProviderCard;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What {@code /v1/memory} says of what computes. The oracle is docs/api.md. */
final class MemoryStatusTest {
    private @Nullable ProviderCard card;

    private final MemoryStatus status =
            new MemoryStatus(
                    Probe.ofThisMachine(),
                    new MemoryLimit(1L << 30, MemoryLimit.Origin.ASKED, "a test says so"),
                    1 << 20,
                    Optional::empty,
                    () -> Optional.ofNullable(card));

    private static Map<String, @Nullable Object> said(
            String asked, @Nullable String used, @Nullable String reason) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("asked", asked);
        json.put("used", used);
        json.put("reason", reason);
        return json;
    }

    @Test
    void whatComputesIsSaidOnceItIsKnown() {
        assertThat(status.json()).containsEntry("provider", null);

        card = new ProviderCard("auto", "cuda", null);
        assertThat(status.json()).containsEntry("provider", said("auto", "cuda", null));

        card = new ProviderCard("auto", "cpu", "cuda could not load it");
        assertThat(status.json())
                .containsEntry("provider", said("auto", "cpu", "cuda could not load it"));

        card = new ProviderCard("cuda", null, "--provider cuda: no");
        assertThat(status.json())
                .containsEntry("provider", said("cuda", null, "--provider cuda: no"));
    }
}
