package dev.snug.runtime.limit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.runtime.budget.MemorySize;
import dev.snug.runtime.limit.MemoryLimit.Origin;
import dev.snug.runtime.measure.CgroupLevel;
import dev.snug.runtime.measure.Pressure;
import dev.snug.runtime.measure.ProcessMemory;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** One observation at a time. The oracle is the rule's arithmetic by hand, rungs of 7/8. */
final class HeadroomTest {
    private static final long MIB = 1L << 20;
    private static final MemoryLimit LIMIT = new MemoryLimit(512 * MIB, Origin.ASKED, "asked");

    @Test
    void withoutPressureAndWithRoomItIsTheLimit() {
        assertThat(Headroom.of(LIMIT, seen(0, 512, 0, 0)).bytes()).isEqualTo(512 * MIB);
        assertThat(Headroom.once(LIMIT, seen(0, 4096, 0, 0))).isEqualTo(512 * MIB);
    }

    @Test
    void aSystemThatTellsNothingLeavesTheLimit() {
        Observation nothing =
                new Observation(0, OptionalLong.empty(), List.of(), OptionalLong.empty());
        assertThat(Headroom.of(LIMIT, nothing).after(nothing).bytes()).isEqualTo(512 * MIB);
        assertThat(Headroom.once(LIMIT, nothing)).isEqualTo(512 * MIB);
    }

    @ParameterizedTest
    @CsvSource({"511, 448", "448, 448", "447, 392", "392, 392", "100, 90", "1, 1", "0, 1"})
    void itFallsAtOnceToTheRungThatFitsTheRoom(long roomMebibytes, long expectedMebibytes) {
        long bytes =
                Headroom.of(LIMIT, seen(0, 512, 0, 0)).after(seen(1, roomMebibytes, 0, 0)).bytes();
        assertThat(bytes / MIB).isEqualTo(expectedMebibytes);
        assertThat(bytes).isGreaterThanOrEqualTo(MemorySize.MIN_BYTES);
    }

    @Test
    void pressureTakesOneRungAndNotAnotherBeforeItsFiguresHaveSettled() {
        Headroom at = Headroom.of(LIMIT, seen(0, 512, 0, 0)).after(seen(1, 512, 10, 0));
        assertThat(at.bytes()).isEqualTo(448 * MIB);
        assertThat(at.after(seen(10.9, 512, 50, 0)).bytes()).isEqualTo(448 * MIB);
        assertThat(at.after(seen(11, 512, 50, 0)).bytes()).isEqualTo(392 * MIB);
    }

    @Test
    void aStandstillTakesSeveralRungs() {
        assertThat(Headroom.of(LIMIT, seen(0, 512, 60, 10)).bytes())
                .isEqualTo(512 * MIB / 4096 * 2401);
        assertThat(Headroom.once(LIMIT, seen(0, 512, 60, 10))).isEqualTo(512 * MIB / 4096 * 2401);
    }

    @Test
    void pressureThatOthersMakeWithinTheirOwnLimitsTakesHalfAtMost() {
        Headroom at = Headroom.of(LIMIT, seen(0, 4096, 0, 0));
        for (int second = 1; second < 3600; second += 10) {
            at = at.after(seen(second, 4096, 90, 80));
        }
        assertThat(at.bytes()).isBetween(256 * MIB, 256 * MIB * 8 / 7);
    }

    @Test
    void betweenTheThresholdsItStays() {
        Headroom at = Headroom.of(LIMIT, seen(0, 512, 10, 0));
        for (int second = 1; second < 600; second++) {
            at = at.after(seen(second, 512, 1 + second % 9, 0));
            assertThat(at.bytes()).isEqualTo(448 * MIB);
        }
    }

    @Test
    void itClimbsAfterAQuietTimeWithoutABreak() {
        Headroom at = Headroom.of(LIMIT, seen(0, 400, 0, 0));
        assertThat(at.bytes()).isEqualTo(392 * MIB);
        at = at.after(seen(20, 600, 2, 0));
        assertThat(at.after(seen(49, 600, 0, 0)).bytes()).isEqualTo(392 * MIB);
        at = at.after(seen(50, 600, 0, 0));
        assertThat(at.bytes()).isEqualTo(448 * MIB);
        assertThat(at.after(seen(79, 600, 0, 0)).bytes()).isEqualTo(448 * MIB);
        assertThat(at.after(seen(80, 600, 0, 0)).bytes()).isEqualTo(512 * MIB);
    }

    @Test
    void itDoesNotClimbWithoutRoomToSpare() {
        Headroom at = Headroom.of(LIMIT, seen(0, 400, 0, 0));
        assertThat(at.after(seen(100, 475, 0, 0)).bytes()).isEqualTo(392 * MIB);
        assertThat(at.after(seen(100, 476, 0, 0)).bytes()).isEqualTo(448 * MIB);
    }

    @Test
    void aRungThatFailsAgainIsTriedAfterTwiceTheTime() {
        Headroom at = Headroom.of(LIMIT, seen(0, 512, 0, 0));
        double now = 0;
        for (int patience : new int[] {30, 60, 120, 240, 480, 960, 960}) {
            at = at.after(seen(now + 20, 512, 10, 0));
            assertThat(at.bytes()).isEqualTo(448 * MIB);
            now += 20 + patience;
            assertThat(at.after(seen(now - 1, 512, 0, 0)).bytes()).isEqualTo(448 * MIB);
            at = at.after(seen(now, 512, 0, 0));
            assertThat(at.bytes()).isEqualTo(512 * MIB);
        }
    }

    @Test
    void beingSlowedAtTheGroupsMarkCountsAsPressureOnlyWhenItIsNew() {
        Headroom at = Headroom.of(LIMIT, slowed(0, 7));
        assertThat(at.bytes()).isEqualTo(512 * MIB);
        at = at.after(slowed(1, 8));
        assertThat(at.bytes()).isEqualTo(448 * MIB);
        assertThat(at.after(slowed(20, 8)).bytes()).isEqualTo(448 * MIB);
    }

    @Test
    void aSingleObservationCountsTheMinuteAndTheRoom() {
        Pressure over = pressure(0, 0, 20, 0);
        Observation seen =
                new Observation(
                        0, OptionalLong.of(256 * MIB), List.of(over), OptionalLong.of(1000));
        assertThat(Headroom.once(LIMIT, seen)).isEqualTo(224 * MIB);
    }

    @Test
    void theHarderPressureAndTheLeastRoomCount() {
        CgroupLevel inner = level(900, OptionalLong.of(800 * MIB), 5, 500, 100);
        CgroupLevel outer = level(1000, OptionalLong.empty(), 2, 700, 100);
        ProcessMemory own = new ProcessMemory(60 * MIB, 20 * MIB, 40 * MIB, 0, 0, 0, 0);
        MemoryFacts facts =
                new MemoryFacts(
                        4096 * MIB,
                        OptionalLong.of(1000 * MIB),
                        Optional.of(own),
                        List.of(inner, outer));
        Observation seen =
                Observation.of(
                        9, facts, List.of(pressure(1, 0, 3, 0), pressure(5, 2, 0, 1)), 150 * MIB);
        // Inner: 800 − (500 − 100 − 20 own − 30 of files − 150 of workers) = 600; outer:
        // 1000 − (700 − 100 − 200) = 600 as well; machine: 1000 + 20 + 150.
        assertThat(seen.roomBytes()).hasValue(600 * MIB);
        assertThat(seen.highHits()).hasValue(7);
        assertThat(seen.somePercent()).isEqualTo(5);
        assertThat(seen.fullPercent()).isEqualTo(2);
        assertThat(seen.somePercentOfMinute()).isEqualTo(3);
        assertThat(seen.fullPercentOfMinute()).isEqualTo(1);
    }

    @Test
    void thisMachineGivesAnObservation() {
        Observation seen = Observation.ofThisMachine(0);
        assertThat(Headroom.once(LIMIT, seen)).isBetween(MemorySize.MIN_BYTES, 512 * MIB);
    }

    private static CgroupLevel level(
            long limit, OptionalLong high, long highHits, long current, long inactive) {
        return new CgroupLevel(
                "/group",
                OptionalLong.of(limit * MIB),
                high,
                OptionalLong.of(highHits),
                OptionalLong.of(current * MIB),
                OptionalLong.of(inactive * MIB),
                OptionalLong.of(30 * MIB));
    }

    private static Observation seen(double seconds, long roomMebibytes, double some, double full) {
        return new Observation(
                Math.round(seconds * 1e9),
                OptionalLong.of(roomMebibytes * MIB),
                List.of(pressure(some, full, some, full)),
                OptionalLong.empty());
    }

    private static Observation slowed(double seconds, long hits) {
        return new Observation(
                Math.round(seconds * 1e9), OptionalLong.empty(), List.of(), OptionalLong.of(hits));
    }

    private static Pressure pressure(double some10, double full10, double some60, double full60) {
        return new Pressure(
                new Pressure.Stall(some10, some60, 0), new Pressure.Stall(full10, full60, 0));
    }
}
