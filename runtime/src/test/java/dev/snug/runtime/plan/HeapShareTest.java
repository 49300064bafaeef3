package dev.snug.runtime.plan;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How much of a limit the heap may take. The oracle is the rule, worked by hand. */
class HeapShareTest {
    private static final long MIB = 1 << 20;

    @Test
    void isHalfOfWhatIsOverEightyMebibytesWithinItsBounds() {
        assertThat(HeapShare.of(64 * MIB)).isEqualTo(24 * MIB);
        assertThat(HeapShare.of(128 * MIB)).isEqualTo(24 * MIB);
        assertThat(HeapShare.of(131 * MIB)).isEqualTo(24 * MIB);
        assertThat(HeapShare.of(132 * MIB)).isEqualTo(26 * MIB);
        assertThat(HeapShare.of(512 * MIB)).isEqualTo(216 * MIB);
        assertThat(HeapShare.of(4096 * MIB)).isEqualTo(224 * MIB);
    }

    @Test
    void theSmallestLimitHasRoomForAllAndOneMebibyteLessHasNot() {
        for (long stay = 10; stay < 700; stay += 7) {
            for (long heap : new long[] {1, 24, 60, 200}) {
                long limit = HeapShare.smallestLimitBytes(stay * MIB, heap * MIB);
                assertThat(fits(limit, stay * MIB, heap * MIB)).isTrue();
                assertThat(fits(limit - MIB, stay * MIB, heap * MIB)).isFalse();
            }
        }
    }

    @Test
    void aHeapOverTheLargestCountsWhole() {
        assertThat(HeapShare.smallestLimitBytes(400 * MIB, 300 * MIB)).isEqualTo(700 * MIB);
    }

    /** Here and in every larger limit. */
    private static boolean fits(long limit, long stay, long heap) {
        for (long more = limit; more <= limit + 8 * MIB; more += MIB / 4) {
            if (stay + HeapShare.of(more) > more || heap > HeapShare.of(more)) {
                return false;
            }
        }
        return true;
    }

    @Test
    void javaRoundsNoHeapUp() {
        for (long limit = 20; limit <= 600; limit++) {
            assertThat(HeapShare.of(limit * MIB) / MIB % 2).as("%d MiB", limit).isZero();
        }
    }
}
