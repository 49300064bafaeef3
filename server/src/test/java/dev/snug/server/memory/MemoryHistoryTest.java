package dev.snug.server.memory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.util.OptionalLong;

/** The oracle is the times that were added. */
final class MemoryHistoryTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void theLastFiveMinutesAreKeptOldestFirst() {
        MemoryHistory history = new MemoryHistory();
        for (int second = 0; second <= 1000; second++) {
            history.add(second * SECOND, second, 2L * second, OptionalLong.of(3));
        }
        assertThat(history.json()).hasSize(MemoryHistory.ENTRIES);
        assertThat(history.json().getFirst())
                .containsEntry("t", -299.0)
                .containsEntry("front", 701L);
        assertThat(history.json().getLast())
                .containsEntry("t", 0.0)
                .containsEntry("workers", 2000L);
    }

    @Test
    void manyWhoLookAtOnceFillItNoSooner() {
        MemoryHistory history = new MemoryHistory();
        for (int look = 0; look < 1000; look++) {
            history.add(look * SECOND / 100, 1, 1, OptionalLong.empty());
        }
        assertThat(history.json()).hasSize(12);
        assertThat(history.json().getLast()).containsEntry("cgroup", null);
    }

    @Test
    void whatIsOlderThanFiveMinutesIsLeftOut() {
        MemoryHistory history = new MemoryHistory();
        history.add(0, 1, 1, OptionalLong.empty());
        history.add(400 * SECOND, 1, 1, OptionalLong.empty());
        assertThat(history.json()).hasSize(1);
    }
}
