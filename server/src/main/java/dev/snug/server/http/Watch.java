package dev.snug.server.http;

import dev.snug.server.metrics.Counter;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ends what takes too long or whose client left: one thread that looks at every turn while there is
 * one, and sleeps while there is none. It is a platform thread, so that work which holds the
 * carriers of virtual threads cannot delay it.
 */
final class Watch implements AutoCloseable {
    private static final long STACK_BYTES = 256 << 10;

    private final Map<Thread, Turn> turns = new ConcurrentHashMap<>();
    private final FrontLimits limits;
    private final Departures departures;
    private final Counter cuts;
    private final Object lock = new Object();
    private boolean idle;
    private boolean closed;

    Watch(FrontLimits limits, Departures departures, Counter cuts) {
        this.limits = limits;
        this.departures = departures;
        this.cuts = cuts;
        Thread.ofPlatform().daemon().name("snug-watch").stackSize(STACK_BYTES).start(this::look);
    }

    /** Runs an exchange on this thread, which ends with it. */
    void run(Runnable exchange) {
        Thread thread = Thread.currentThread();
        turns.put(thread, new Turn(thread, System.nanoTime()));
        synchronized (lock) {
            if (idle) {
                lock.notifyAll();
            }
        }
        try {
            exchange.run();
        } finally {
            turns.remove(thread);
        }
    }

    /** This thread's turn. */
    Turn current() {
        Turn turn = turns.get(Thread.currentThread());
        if (turn == null) {
            throw new IllegalStateException("no turn on this thread");
        }
        return turn;
    }

    /** Interrupts everything that works. */
    void endAll() {
        for (Turn turn : turns.values()) {
            count(turn.end(Turn.Cut.STOPPING) ? Turn.Cut.STOPPING : null);
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            lock.notifyAll();
        }
    }

    private void look() {
        try {
            while (await()) {
                check(System.nanoTime());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for the time of the next look; false when there will be none. */
    private boolean await() throws InterruptedException {
        synchronized (lock) {
            while (turns.isEmpty() && !closed) {
                idle = true;
                lock.wait();
            }
            idle = false;
            long end = System.nanoTime() + limits.look().toNanos();
            for (long left = limits.look().toNanos();
                    left > 0 && !closed;
                    left = end - System.nanoTime()) {
                lock.wait(Duration.ofNanos(left).toMillis() + 1);
            }
            return !closed;
        }
    }

    private void check(long nowNanos) {
        Map<Departures.Connection, Turn> watched = new HashMap<>();
        for (Turn turn : turns.values()) {
            count(turn.check(nowNanos, limits));
            Departures.Connection connection = turn.watched(nowNanos, limits.look().toNanos());
            if (connection != null) {
                watched.put(connection, turn);
            }
        }
        for (Departures.Connection gone : departures.look(watched.keySet())) {
            Turn turn = watched.get(gone);
            count(turn != null && turn.end(Turn.Cut.GONE) ? Turn.Cut.GONE : null);
        }
    }

    private void count(Turn.@Nullable Cut reason) {
        if (reason != null) {
            cuts.add(1, reason.word());
        }
    }
}
