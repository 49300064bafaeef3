package dev.snug.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.List;

/** The oracle is what {@code bench/run} says of the flags. */
final class PeerFlagsTest {
    @Test
    void withoutFlagsEverythingIsMeasured() {
        PeerFlags flags = PeerFlags.of(List.of());
        assertThat(flags.kinds()).containsExactly(Kind.SPEECH, Kind.LONG, Kind.PICTURES);
        assertThat(flags.withLimits()).isTrue();
        assertThat(flags.isAgain()).isFalse();
        assertThat(flags.rounds(Kind.PICTURES)).isEqualTo(3);
    }

    @Test
    void aValueStandsBehindTheFlagOrInIt() {
        List<String> words = List.of("--only", "pictures", "--runs=5", "--no-limits", "--again");
        PeerFlags flags = PeerFlags.of(words);
        assertThat(flags.kinds()).containsExactly(Kind.PICTURES);
        assertThat(flags.rounds(Kind.PICTURES)).isEqualTo(5);
        assertThat(flags.withLimits()).isFalse();
        assertThat(flags.isAgain()).isTrue();
    }

    @Test
    void aWrongWordIsRefusedByName() {
        assertThatThrownBy(() -> PeerFlags.of(List.of("--fast"))).hasMessageContaining("--fast");
        assertThatThrownBy(() -> PeerFlags.of(List.of("--only", "films")))
                .hasMessageContaining("films");
        assertThatThrownBy(() -> PeerFlags.of(List.of("--runs", "0"))).hasMessageContaining("0");
        assertThatThrownBy(() -> PeerFlags.of(List.of("--runs"))).hasMessageContaining("a value");
    }
}
