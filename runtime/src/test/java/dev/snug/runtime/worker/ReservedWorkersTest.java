package dev.snug.runtime.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.runtime.budget.Gate;
import dev.snug.runtime.budget.JvmFloor;
import dev.snug.runtime.budget.Limit;
import dev.snug.runtime.budget.ProcessAccounts;
import dev.snug.runtime.budget.Reservation;
import dev.snug.runtime.budget.StandardAccount;
import dev.snug.runtime.measure.Probe;
import dev.snug.runtime.measure.ProcessMemory;

import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Two threads with a worker each reserve at random in one tree before their workers take memory.
 * The oracles: the threads' own books, for what is reserved; the kernel's resident sets of the
 * worker processes and all below them, for what is taken.
 */
@Timeout(240)
final class ReservedWorkersTest {
    private static final long MIB = 1L << 20;
    private static final int STEPS = 200;
    private static final long SEED = 61;

    /** One step of so many ends the worker and starts another. */
    private static final int STEPS_A_WORKER = 40;

    private static final int HELD_MEBIBYTES_MAX = 96;

    private static final long LOOK_MILLIS = 5;

    /** All of it: nothing presses here, so the kernel drops no page of a file. */
    private static final JvmFloor JAVA = new JvmFloor(26 * MIB, 42 * MIB);

    /** What a worker holds without a request: its heap and the Java machine. */
    private static final long WORKER_BYTES =
            Children.HEAP_BYTES + JAVA.stayBytes() + JAVA.mappedBytes();

    /** Less than two workers with the most that they hold: some requests must be refused. */
    private static final long FOR_WORKERS = 2 * WORKER_BYTES + HELD_MEBIBYTES_MAX * MIB;

    private static final long LIMIT =
            Children.HEAP_BYTES + JAVA.stayBytes() + JAVA.mappedBytes() + FOR_WORKERS;

    private final Probe probe = Probe.ofThisMachine();

    /** No thread reserves or gives back while resident sets and accounts are compared. */
    private final Object books = new Object();

    private final Set<Long> workers = ConcurrentHashMap.newKeySet();
    private final long[] booked = new long[2];
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger granted = new AtomicInteger();

    @BeforeEach
    void theKernelTellsResidentSets() {
        Assumptions.assumeTrue(probe.process().isPresent(), "Linux");
    }

    private static ProcessAccounts accounts() {
        return ProcessAccounts.open(
                new Limit(LIMIT, "the test"),
                new Limit(Children.HEAP_BYTES, "the test"),
                new Limit(0, "the test"),
                JAVA,
                Gate.OPEN);
    }

    @Test
    void twoWorkersNeverHoldMoreThanWasReserved() throws Exception {
        try (ProcessAccounts accounts = accounts();
                ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Future<?>> both =
                    List.of(
                            threads.submit(() -> steps(accounts, 0)),
                            threads.submit(() -> steps(accounts, 1)));
            while (!both.stream().allMatch(Future::isDone)) {
                compare(accounts);
                // Looking all the time would keep the books from the workers.
                Thread.sleep(LOOK_MILLIS);
            }
            for (Future<?> one : both) {
                one.get();
            }
            assertThat(accounts.of(StandardAccount.WORKERS).state().usedBytes()).isZero();
            assertThat(accounts.memory().state().peakBytes()).isLessThanOrEqualTo(LIMIT);
        }
        assertThat(refused).as("refused").hasPositiveValue();
        assertThat(granted).as("granted").hasValueGreaterThan(STEPS / 2);
    }

    @Test
    void whatIsTakenWithoutAReservationShows() throws Exception {
        try (ProcessAccounts accounts = accounts();
                Reservation idle = reserve(accounts, 0, WORKER_BYTES);
                Worker worker = Worker.start(Children.settings())) {
            workers.add(worker.pid());
            assertThat(residentBytes()).isBetween(MIB, idle.bytes());
            worker.run(
                    hold(HELD_MEBIBYTES_MAX * MIB),
                    _ -> assertThat(residentBytes()).isGreaterThan(idle.bytes()));
        }
    }

    private Void steps(ProcessAccounts accounts, int who) throws InterruptedException {
        Random random = new Random(SEED + who);
        for (int step = 0; step < STEPS; step += STEPS_A_WORKER) {
            Reservation reserved = reserve(accounts, who, WORKER_BYTES);
            try (Worker worker = Worker.start(Children.settings())) {
                workers.add(worker.pid());
                for (int i = 0; i < STEPS_A_WORKER; i++) {
                    step(accounts, who, worker, reserved, random);
                }
            }
            synchronized (books) {
                reserved.close();
                booked[who] = 0;
            }
        }
        return null;
    }

    private Reservation reserve(ProcessAccounts accounts, int who, long bytes) {
        synchronized (books) {
            booked[who] = bytes;
            return accounts.of(StandardAccount.WORKERS).reserve("worker " + who, bytes);
        }
    }

    private void step(
            ProcessAccounts accounts, int who, Worker worker, Reservation reserved, Random random)
            throws InterruptedException {
        long bytes = (1 + random.nextInt(HELD_MEBIBYTES_MAX)) * MIB;
        synchronized (books) {
            if (!reserved.tryGrowBy(bytes)) {
                refused.incrementAndGet();
                return;
            }
            booked[who] += bytes;
        }
        granted.incrementAndGet();
        worker.run(hold(bytes), _ -> compare(accounts));
        synchronized (books) {
            reserved.shrinkTo(WORKER_BYTES);
            booked[who] = WORKER_BYTES;
        }
        compare(accounts);
    }

    private void compare(ProcessAccounts accounts) {
        synchronized (books) {
            long reserved = accounts.of(StandardAccount.WORKERS).state().usedBytes();
            assertThat(reserved).isEqualTo(booked[0] + booked[1]).isLessThanOrEqualTo(FOR_WORKERS);
            assertThat(residentBytes()).as("resident of the workers").isLessThanOrEqualTo(reserved);
        }
    }

    /** Of the workers, which have no processes below them; pages of files included. */
    private long residentBytes() {
        return workers.stream()
                .map(probe::process)
                .flatMap(Optional::stream)
                .mapToLong(ProcessMemory::rssBytes)
                .sum();
    }

    private static Request hold(long bytes) {
        return Request.of(
                "hold", Long.toString(bytes).getBytes(StandardCharsets.UTF_8), Children.LONG);
    }
}
