package dev.snug.server.job.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Replies to INFO, as Redis 6.0 to 8.2 and Valkey 8 give them, less what is not looked at. */
final class FitnessTest {
    @Test
    void aQueueOfItsOwnIsKeptWithoutAWord() {
        Fitness fitness = Fitness.of(info("7.0.15", "noeviction", 1));
        assertThat(fitness.refusal()).isEmpty();
        assertThat(fitness.warnings()).isEmpty();
    }

    @Test
    void aDatabaseWithoutAppendOnlyFileIsSaidToLoseJobs() {
        Fitness fitness = Fitness.of(info("7.0.15", "noeviction", 0));
        assertThat(fitness.refusal()).isEmpty();
        assertThat(fitness.warnings()).singleElement().asString().contains("lost", "appendonly");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "allkeys-lru",
                "allkeys-lfu",
                "allkeys-random",
                "volatile-lru",
                "volatile-ttl",
                "volatile-random",
                "volatile-lfu"
            })
    void whatEvictsIsRefusedWithWhatToDo(String policy) {
        assertThat(Fitness.of(info("7.0.15", policy, 1)).refusal().orElseThrow())
                .contains(policy, "set maxmemory-policy noeviction");
    }

    @ParameterizedTest
    @CsvSource({
        "6.0.16, false",
        "5.0.14, false",
        "6.2.0, true",
        "6.10.0, true",
        "7.2.4, true",
        "8.2.1, true",
        "10.0.0, true",
        "x, false"
    })
    void theOldestThatWillDoIsSixTwo(String version, boolean isEnough) {
        Fitness fitness = Fitness.of(info(version, "noeviction", 1));
        assertThat(fitness.refusal().isEmpty()).isEqualTo(isEnough);
        if (!isEnough) {
            assertThat(fitness.refusal().orElseThrow()).contains(version, "6.2");
        }
    }

    @Test
    void whatSaysNothingOfItselfIsRefused() {
        assertThat(Fitness.of("").refusal()).isPresent();
        assertThat(Fitness.of("redis_version:7.0.0\r\n").refusal().orElseThrow())
                .contains("not told");
    }

    private static String info(String version, String policy, int appendOnly) {
        return """
        # Server\r
        redis_version:%s\r
        # Memory\r
        maxmemory:0\r
        maxmemory_policy:%s\r
        # Persistence\r
        aof_enabled:%d\r
        """
                .formatted(version, policy, appendOnly);
    }
}
