package dev.snug.runtime.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The oracle is the table of accounts in {@link StandardAccount} and sums by hand. */
final class ProcessAccountsTest {
    private static final long MIB = 1 << 20;
    private static final JvmFloor FLOOR = new JvmFloor(26 * MIB, 42 * MIB);

    @Test
    void theFloorAndTheHeapAreTakenFirstAndTheRestIsFree() {
        try (ProcessAccounts process = open(256, 100, 0)) {
            assertThat(process.memory().state().availableBytes()).isEqualTo((256 - 68 - 100) * MIB);
            assertThat(process.of(StandardAccount.PICTURES).state().availableBytes())
                    .isEqualTo(100 * MIB - ProcessAccounts.HEAP_OWN_BYTES);
            assertThat(process.of(StandardAccount.ACTIVATIONS).state().availableBytes())
                    .isEqualTo(88 * MIB);
            assertThat(process.of(StandardAccount.DEVICE).state().availableBytes()).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource(StandardAccount.class)
    void everyAccountStandsWhereItsTableSays(StandardAccount kind) {
        try (ProcessAccounts process = open(512, 224, 64)) {
            String around =
                    kind == StandardAccount.DEVICE
                            ? ""
                            : "memory/" + kind.parent().map(p -> p.accountName() + "/").orElse("");
            assertThat(process.of(kind).path()).isEqualTo(around + kind.accountName());
            Reservation one = process.of(kind).reserve("one", 1);
            assertThat(process.of(kind).state().usedBytes()).isPositive();
            one.close();
            assertThat(kind.counted()).isNotEqualTo(kind.notCounted()).isNotBlank();
        }
    }

    @Test
    void aLimitBelowTheFloorIsRefusedAndSaysWhichWouldDo() {
        assertThatThrownBy(() -> open(60, 32, 0))
                .isInstanceOf(BudgetException.class)
                .hasMessageContaining("memory/jvm: files that the Java machine maps needs 42 MiB")
                .hasMessageContaining("raise --memory to 68MiB");
        assertThatThrownBy(() -> open(90, 32, 0))
                .hasMessageContaining("all of heap needs 32 MiB; 22 MiB free of 90 MiB")
                .hasMessageContaining("raise --memory to 100MiB");
        assertThatThrownBy(() -> open(90, 4, 0))
                .hasMessageContaining("objects of the program itself needs 8 MiB")
                .hasMessageContaining("raise SNUG_HEAP_MAX to 8MiB");
    }

    @Test
    void whatIsLeftOpenIsNamedOnBothTrees() {
        ProcessAccounts process = open(256, 32, 64);
        process.of(StandardAccount.WEIGHTS).reserve("velocity", 3 * MIB);
        assertThatThrownBy(process::close)
                .isInstanceOf(LedgerException.class)
                .hasMessageContaining("memory/weights velocity: 3 MiB")
                .message()
                .doesNotContain("jvm");
        process.close();
        ProcessAccounts other = open(256, 32, 64);
        other.of(StandardAccount.DEVICE).reserve("kernels", MIB);
        assertThatThrownBy(other::close).hasMessageContaining("device kernels: 1 MiB");
    }

    private static ProcessAccounts open(long limit, long heap, long device) {
        return ProcessAccounts.open(
                new Limit(limit * MIB, "--memory"),
                new Limit(heap * MIB, "SNUG_HEAP_MAX"),
                new Limit(device * MIB, "the device"),
                FLOOR,
                Gate.OPEN);
    }
}
