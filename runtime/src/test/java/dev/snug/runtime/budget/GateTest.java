package dev.snug.runtime.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A job of eleven reservations in which the N-th is refused, for every N. The oracle is the
 * ledger's zero and the job that comes next.
 */
final class GateTest {
    private static final int REQUESTS = 11;

    @Test
    void whicheverReservationFailsTheLedgerEndsAtZeroAndTheNextJobRuns() {
        for (int n = 1; n <= REQUESTS; n++) {
            int failing = n;
            AtomicInteger asked = new AtomicInteger();
            Gate gate =
                    request ->
                            asked.incrementAndGet() == failing
                                    ? Optional.of("request " + failing + " fails, try again")
                                    : Optional.empty();
            Account root = Account.root("memory", new Limit(1 << 20, "--memory"), gate);
            assertThatThrownBy(() -> job(root))
                    .isInstanceOf(BudgetException.class)
                    .hasNoSuppressedExceptions()
                    .hasMessageContaining("is held back: request " + n + " fails, try again;");
            assertThat(asked).hasValue(n);
            assertThat(root.state().usedBytes()).isZero();
            assertThat(root.state().children()).isEmpty();
            job(root);
            assertThat(asked).as("requests of a whole job").hasValue(n + REQUESTS);
            root.close();
        }
    }

    /** Two stages, each an account set aside with children, three reservations and a growth. */
    private static void job(Account root) {
        try (Reservation voice = root.reserve("voice", 1000)) {
            for (int stage = 0; stage < 2; stage++) {
                try (Account heap = root.setAside("heap " + stage, new Limit(5000, "-Xmx"));
                        Account audio = heap.child("audio");
                        Reservation mel = audio.reserve("mel", 100);
                        Reservation sound = audio.reserve("sound", 200);
                        Reservation weights = root.reserve("weights", 300)) {
                    mel.growBy(sound.bytes());
                    weights.shrinkTo(voice.bytes() / 10);
                }
            }
        }
    }

    @Test
    void aGateIsAskedWithoutTheLockAndMayLookAtTheTree() throws InterruptedException {
        Account[] root = new Account[1];
        Thread[] other = new Thread[1];
        Gate gate =
                request -> {
                    // Another thread gets at the tree while the gate thinks.
                    Thread thread = new Thread(() -> root[0].state());
                    other[0] = thread;
                    thread.start();
                    try {
                        thread.join(10_000);
                    } catch (InterruptedException e) {
                        return Optional.of("interrupted");
                    }
                    return thread.isAlive() ? Optional.of("the tree is locked") : Optional.empty();
                };
        root[0] = Account.root("memory", new Limit(10, "--memory"), gate);
        root[0].reserve("x", 5).close();
        other[0].join();
    }
}
