package dev.snug.bench.peers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** The oracle is the true smallest limit, which the search is not told. */
final class BisectionTest {
    @Test
    void theSmallestIsFoundToTheStepWhereverItLies() {
        for (int truth = 101; truth <= 700; truth += 7) {
            Bisection search = new Bisection(100, 704, 16, OptionalInt.empty());
            List<Integer> tried = answered(search, truth);
            assertThat(search.smallest()).isBetween(truth, truth + 15);
            assertThat(tried).hasSizeLessThanOrEqualTo(7).doesNotHaveDuplicates();
        }
    }

    @Test
    void limitsAreMultiplesOfTheStep() {
        Bisection search = new Bisection(96, 1024, 8, OptionalInt.empty());
        assertThat(answered(search, 333)).allMatch(limit -> limit % 8 == 0);
        assertThat(search.smallest()).isEqualTo(336);
    }

    @Test
    void aPlanThatHoldsIsConfirmedByOneRun() {
        Bisection search = new Bisection(213, 992, 16, OptionalInt.of(214));
        assertThat(answered(search, 214)).containsExactly(214);
        assertThat(search.smallest()).isEqualTo(214);
    }

    @Test
    void aPlanThatDoesNotHoldIsSearchedUpwardsFrom() {
        Bisection search = new Bisection(213, 992, 16, OptionalInt.of(214));
        assertThat(answered(search, 300).getFirst()).isEqualTo(214);
        assertThat(search.smallest()).isBetween(300, 315);
    }

    @Test
    void whatCannotBeSearchedIsRefused() {
        assertThatThrownBy(() -> new Bisection(64, 64, 8, OptionalInt.empty()))
                .hasMessageContaining("between 64 and 64");
    }

    private static List<Integer> answered(Bisection search, int truth) {
        List<Integer> tried = new ArrayList<>();
        for (OptionalInt next = search.next(); next.isPresent(); next = search.next()) {
            tried.add(next.getAsInt());
            search.tell(next.getAsInt(), next.getAsInt() >= truth);
        }
        return tried;
    }
}
