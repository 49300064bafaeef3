package dev.snug.runtime.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.runtime.budget.Account;
import dev.snug.runtime.budget.BudgetException;
import dev.snug.runtime.budget.MemorySize;
import dev.snug.runtime.budget.StandardAccount;
import dev.snug.runtime.device.Provider;
import dev.snug.runtime.job.MemoryBudget;
import dev.snug.runtime.limit.MemoryLimit;
import dev.snug.runtime.plan.Demand;
import dev.snug.runtime.plan.Predicted;
import dev.snug.runtime.plan.Predicted.Part;
import dev.snug.runtime.plan.StageGate;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Optional;

/** What a stage holds on a device. The oracle is the ledger, and sums done by hand. */
final class DeviceAccountTest {
    private static final long MIB = 1 << 20;

    private static final MemoryLimit LIMIT =
            new MemoryLimit(1L << 40, MemoryLimit.Origin.ASKED, "a test says so");

    private static final Demand DEMAND =
            new Demand(
                    "velocity",
                    new Predicted(
                            List.of(
                                    new Part("ONNX Runtime", 10 * MIB, 17 * MIB),
                                    new Part("weights", 0, 40 * MIB),
                                    new Part("inputs", MIB, 0),
                                    new Part("activations and results", 7 * MIB, 0))),
                    40 * MIB);

    private static Placement cuda(boolean isAuto, String most) {
        return Placement.beginningWith(Provider.CUDA, isAuto, Optional.of(MemorySize.parse(most)));
    }

    private static long used(MemoryBudget budget, StandardAccount account) {
        return budget.accounts().of(account).state().usedBytes();
    }

    @Test
    void weightsInputsAndActivationsAreOnTheDeviceAsWellAsInTheProcess() {
        try (MemoryBudget budget = MemoryBudget.open(LIMIT, cuda(false, "48MiB"))) {
            try (StageGate.Pass _ = budget.gate().enter(DEMAND)) {
                assertThat(used(budget, StandardAccount.DEVICE)).isEqualTo(48 * MIB);
                assertThat(used(budget, StandardAccount.ACTIVATIONS)).isEqualTo(8 * MIB);
                assertThat(used(budget, StandardAccount.WEIGHTS))
                        .isEqualTo(DEMAND.weightsStayBytes());
            }
            assertThat(used(budget, StandardAccount.DEVICE)).isZero();
            assertThat(used(budget, StandardAccount.ACTIVATIONS)).isZero();
        }
    }

    @Test
    void whatDoesNotFitTheDeviceIsRefusedWhereItWasNamed() {
        try (MemoryBudget budget = MemoryBudget.open(LIMIT, cuda(false, "47MiB"))) {
            assertThatThrownBy(() -> budget.gate().enter(DEMAND))
                    .isInstanceOf(BudgetException.class)
                    .hasMessageContaining("device: stage velocity needs 48 MiB")
                    .hasMessageContaining("raise --device-memory to 48MiB");
            assertThat(used(budget, StandardAccount.ACTIVATIONS)).isZero();
        }
    }

    @Test
    void underAutoTheProcessorComputesWhatDoesNotFitTheDevice() {
        Placement placement = cuda(true, "47MiB");
        try (MemoryBudget budget = MemoryBudget.open(LIMIT, placement)) {
            try (StageGate.Pass _ = budget.gate().enter(DEMAND)) {
                assertThat(used(budget, StandardAccount.DEVICE)).isZero();
                assertThat(used(budget, StandardAccount.ACTIVATIONS)).isEqualTo(8 * MIB);
            }
        }
        assertThat(placement.provider()).isEqualTo(Provider.CPU);
        assertThat(placement.reason())
                .hasValueSatisfying(
                        reason ->
                                assertThat(reason)
                                        .startsWith("cuda could not hold stage velocity: device"));
    }

    @Test
    void theProcessorHoldsNothingOnADevice() {
        try (MemoryBudget budget = MemoryBudget.open(LIMIT);
                StageGate.Pass _ = budget.gate().enter(DEMAND)) {
            Account device = budget.accounts().of(StandardAccount.DEVICE);
            assertThat(device.state().usedBytes()).isZero();
            assertThat(device.tryReserve("anything", 1)).isEmpty();
        }
    }
}
