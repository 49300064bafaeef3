package dev.snug.runtime.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Random jobs with fixed seeds. The oracle is the definition: an account uses the sum of its own
 * reservations and of what its children charge, never more than its limit; and a count of bytes
 * that the jobs keep themselves, beside the ledger.
 */
final class LedgerPropertiesTest {
    private static final long LIMIT = 10_000;
    private static final int THREADS = 8;
    private static final int ROUNDS = 1000;

    @Test
    void eightThreadsNeverHoldMoreThanAnyLimitAndLeaveNothing() {
        assertTimeoutPreemptively(Duration.ofMinutes(2), this::runThreads);
    }

    private void runThreads() throws Exception {
        Account root = Account.root("memory", new Limit(LIMIT, "--memory"));
        List<Account> accounts =
                List.of(
                        root.child("a"),
                        root.child("b", new Limit(LIMIT / 3, "b")),
                        root.setAside("c", new Limit(LIMIT / 4, "c")).child("inside"));
        AtomicLong heldOutside = new AtomicLong();
        AtomicLong refused = new AtomicLong();
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService pool = Executors.newFixedThreadPool(THREADS + 1)) {
            List<Future<?>> jobs = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                Random random = new Random(i);
                jobs.add(pool.submit(job(accounts, random, heldOutside, refused)));
            }
            Future<Integer> watcher = pool.submit(() -> watch(root, done));
            try {
                for (Future<?> job : jobs) {
                    job.get();
                }
            } finally {
                done.set(true);
            }
            assertThat(watcher.get()).as("looks while they ran").isPositive();
        }
        assertThat(refused.get()).as("the limits were met").isPositive();
        assertThat(heldOutside.get()).isZero();
        assertThat(root.state().usedBytes()).as("what is set aside").isEqualTo(LIMIT / 4);
        assertThat(root.state().peakBytes()).isBetween(LIMIT / 2, LIMIT);
        root.close();
    }

    /** Reserves, grows, shrinks and closes; the sum held, counted after the grant, is checked. */
    private static Callable<Void> job(
            List<Account> accounts, Random random, AtomicLong heldOutside, AtomicLong refused) {
        return () -> {
            for (int round = 0; round < ROUNDS; round++) {
                int which = random.nextInt(accounts.size());
                AtomicLong held = which == 2 ? new AtomicLong() : heldOutside;
                long bytes = random.nextLong(LIMIT / 3);
                var granted = accounts.get(which).tryReserve("job", bytes);
                if (granted.isEmpty()) {
                    refused.incrementAndGet();
                    continue;
                }
                try (Reservation reservation = granted.get()) {
                    assertThat(held.addAndGet(bytes)).isLessThanOrEqualTo(LIMIT - LIMIT / 4);
                    long more = random.nextLong(LIMIT / 10);
                    if (reservation.tryGrowBy(more)) {
                        assertThat(held.addAndGet(more)).isLessThanOrEqualTo(LIMIT - LIMIT / 4);
                    }
                    long less = random.nextLong(reservation.bytes() + 1);
                    held.addAndGet(less - reservation.bytes());
                    reservation.shrinkTo(less);
                    // Long enough for the others to meet what is held here.
                    LockSupport.parkNanos(1000);
                    held.addAndGet(-less);
                }
            }
            return null;
        };
    }

    private static int watch(Account root, AtomicBoolean done) {
        int looks = 0;
        while (!done.get()) {
            assertSound(root.state());
            looks++;
        }
        return looks;
    }

    private static void assertSound(AccountState state) {
        long own = state.holders().stream().mapToLong(Holder::bytes).sum();
        long below = state.children().stream().mapToLong(AccountState::chargedBytes).sum();
        assertThat(state.usedBytes()).as(state.path()).isEqualTo(own + below);
        assertThat(state.usedBytes()).isLessThanOrEqualTo(state.limitBytes().orElse(LIMIT));
        assertThat(state.usedBytes()).isLessThanOrEqualTo(state.peakBytes());
        assertThat(state.availableBytes()).isNotNegative();
        state.children().forEach(LedgerPropertiesTest::assertSound);
    }

    @Test
    void aRefusalLeavesTheLedgerAsItWasAndItsFiguresAddUp() {
        Random random = new Random(7);
        for (int tree = 0; tree < 200; tree++) {
            Account root = Account.root("memory", new Limit(random.nextLong(LIMIT), "--memory"));
            List<Account> accounts = new ArrayList<>(List.of(root));
            for (int i = 0; i < 8; i++) {
                Account parent = accounts.get(random.nextInt(accounts.size()));
                accounts.add(
                        random.nextBoolean()
                                ? parent.child("n" + i)
                                : parent.child("n" + i, new Limit(random.nextLong(LIMIT), "n")));
            }
            for (int i = 0; i < 60; i++) {
                Account account = accounts.get(random.nextInt(accounts.size()));
                AccountState before = root.state();
                long available = account.state().availableBytes();
                long bytes = random.nextLong(LIMIT / 4);
                try {
                    account.reserve("r" + i % 5, bytes);
                    assertThat(bytes).isLessThanOrEqualTo(available);
                } catch (BudgetException e) {
                    assertThat(bytes).isGreaterThan(available);
                    assertThat(root.state()).isEqualTo(before);
                    Refusal refusal = e.refusal();
                    assertThat(refusal.availableBytes()).isEqualTo(available);
                    assertThat(refusal.holders().stream().mapToLong(Holder::bytes).sum())
                            .isEqualTo(refusal.limit().bytes() - available);
                }
                assertSound(root.state());
            }
        }
    }
}
