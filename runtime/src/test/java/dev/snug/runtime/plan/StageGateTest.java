package dev.snug.runtime.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.runtime.budget.BudgetException;
import dev.snug.runtime.budget.Gate;
import dev.snug.runtime.budget.JvmFloor;
import dev.snug.runtime.budget.Limit;
import dev.snug.runtime.budget.ProcessAccounts;
import dev.snug.runtime.plan.Predicted.Part;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Reservations of a stage. The oracle is the ledger: it returns to what it was, always. */
class StageGateTest {
    private static final long MIB = 1 << 20;

    private static final Demand DEMAND =
            new Demand(
                    "velocity",
                    new Predicted(
                            List.of(
                                    new Part("Java", 16 * MIB, 36 * MIB),
                                    new Part("ONNX Runtime", 10 * MIB, 17 * MIB),
                                    new Part("weights", 5 * MIB, 40 * MIB),
                                    new Part("inputs", MIB, 0),
                                    new Part("activations and results", 7 * MIB, 0))),
                    40 * MIB);

    private static ProcessAccounts accounts(long limitBytes, Gate gate) {
        return ProcessAccounts.open(
                new Limit(limitBytes, "a test"),
                new Limit(24 * MIB, "a test"),
                new Limit(0, "a test"),
                new JvmFloor(16 * MIB, Demand.JAVA_FILES_STAY_BYTES),
                gate);
    }

    @Test
    void whatIsReservedIsWhatTheStageAdds() {
        long sum = StageGate.bytes(DEMAND).values().stream().mapToLong(Long::longValue).sum();

        assertThat(sum).isEqualTo(DEMAND.addedBytes());
    }

    @Test
    void aPlannedJobFitsItsSmallestBudgetToTheByte() {
        long budget = DEMAND.staysBytes() + 24 * MIB;

        try (ProcessAccounts exact = accounts(budget, Gate.OPEN)) {
            StageGate.of(exact).enter(DEMAND).close();
        }
        try (ProcessAccounts less = accounts(budget - 1, Gate.OPEN)) {
            long before = less.memory().state().usedBytes();
            assertThatThrownBy(() -> StageGate.of(less).enter(DEMAND))
                    .isInstanceOf(BudgetException.class);
            assertThat(less.memory().state().usedBytes()).isEqualTo(before);
        }
    }

    @Test
    void whicheverReservationFailsTheLedgerIsAsBeforeAndTheNextJobIsRight() {
        int asked = 0;
        for (int fails = 0; fails == 0 || asked >= fails; fails++) {
            AtomicInteger count = new AtomicInteger();
            int failing = fails;
            AtomicInteger armed = new AtomicInteger();
            Gate gate =
                    _ ->
                            armed.get() == 1 && count.incrementAndGet() == failing
                                    ? Optional.of("the test says so")
                                    : Optional.empty();
            try (ProcessAccounts accounts = accounts(1024 * MIB, gate)) {
                long before = accounts.memory().state().usedBytes();
                armed.set(1);
                boolean isRefused = false;
                try (StageGate.Pass _ = StageGate.of(accounts).enter(DEMAND)) {
                    asked = count.get();
                } catch (BudgetException e) {
                    isRefused = true;
                    assertThat(e).hasMessageContaining("the test says so");
                }
                assertThat(isRefused).isEqualTo(fails > 0 && fails <= asked);
                assertThat(accounts.memory().state().usedBytes()).isEqualTo(before);
                armed.set(0);
                StageGate.of(accounts).enter(DEMAND).close();
            }
        }
        assertThat(asked).as("reservations of a stage").isEqualTo(3);
    }
}
