package dev.snug.server.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.runtime.plan.Demand;
import dev.snug.server.answer.ModelCard.Kind;

import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.Random;

/** Shares of a limit. The oracle is arithmetic on needs of round numbers. */
final class SharingTest {
    private static final long MIB = 1 << 20;

    private static Need need(long smallest, long comfortable) {
        return new Need(smallest * MIB, comfortable * MIB);
    }

    @Test
    void oneKindGetsAllBesideTheFront() {
        Sharing sharing = Sharing.of(256 * MIB, Map.of(Kind.SPEECH, need(90, 150)));
        assertThat(sharing.of(Kind.SPEECH)).isEqualTo(256 * MIB - Sharing.FRONT_BYTES);
        assertThat(sharing.isInTurns()).isFalse();
    }

    @Test
    void whereThereIsRoomBothAreComfortable() {
        Sharing sharing =
                Sharing.of(
                        1024 * MIB,
                        Map.of(Kind.PICTURES, need(110, 180), Kind.SPEECH, need(90, 150)));
        assertThat(sharing.of(Kind.PICTURES)).isGreaterThan(180 * MIB);
        assertThat(sharing.of(Kind.SPEECH)).isGreaterThan(150 * MIB);
    }

    @Test
    void betweenHalfAndAllOfTheirComfortBothWorkAtOnce() {
        Sharing sharing =
                Sharing.of(
                        300 * MIB,
                        Map.of(Kind.PICTURES, need(114, 190), Kind.SPEECH, need(92, 150)));
        assertThat(sharing.isInTurns()).isFalse();
        assertThat(sharing.of(Kind.PICTURES)).isBetween(114 * MIB, 190 * MIB);
        assertThat(sharing.of(Kind.SPEECH)).isBetween(92 * MIB, 150 * MIB);
    }

    @Test
    void whatIsFarFromComfortTogetherTakesTurns() {
        Sharing sharing =
                Sharing.of(
                        256 * MIB,
                        Map.of(Kind.PICTURES, need(114, 190), Kind.SPEECH, need(92, 150)));
        assertThat(sharing.isInTurns()).isTrue();
        assertThat(sharing.of(Kind.PICTURES)).isEqualTo(256 * MIB - Sharing.FRONT_BYTES);
        assertThat(sharing.of(Kind.SPEECH)).isEqualTo(sharing.of(Kind.PICTURES));
    }

    @Test
    void theSharesAreNeverMoreThanTheRoomWithFilesCountedOnce() {
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            long limit = (80 + random.nextInt(2000)) * MIB;
            Map<Kind, Need> needs = Map.of(Kind.PICTURES, any(random), Kind.SPEECH, any(random));
            Sharing sharing = Sharing.of(limit, needs);
            long room = limit - Sharing.FRONT_BYTES;
            long taken =
                    sharing.isInTurns()
                            ? Math.max(sharing.of(Kind.PICTURES), sharing.of(Kind.SPEECH))
                            : sharing.of(Kind.PICTURES)
                                    + sharing.of(Kind.SPEECH)
                                    - Demand.FILES_STAY_BYTES;
            assertThat(taken).as("%s under %d", needs, limit).isLessThanOrEqualTo(room);
            if (!sharing.isInTurns()) {
                needs.forEach(
                        (kind, need) ->
                                assertThat(sharing.of(kind))
                                        .isGreaterThanOrEqualTo(
                                                Math.min(room, need.smallest()) / MIB * MIB));
            }
        }
    }

    private static Need any(Random random) {
        long smallest = random.nextInt(400);
        return need(smallest, smallest + random.nextInt(400));
    }
}
