package dev.snug.server.work;

import dev.snug.runtime.plan.HeapShare;
import dev.snug.runtime.worker.PartSink;
import dev.snug.runtime.worker.PoolSettings;
import dev.snug.runtime.worker.PoolState;
import dev.snug.runtime.worker.Request;
import dev.snug.runtime.worker.WorkerException;
import dev.snug.runtime.worker.WorkerSettings;
import dev.snug.runtime.worker.WorkerTask;
import dev.snug.runtime.worker.Workers;
import dev.snug.server.answer.ModelCard.Kind;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/**
 * One worker a kind of work, both at once where there is room, else one after the other: then who
 * comes first is served first, and the worker of the other kind is gone before the next starts.
 */
final class WorkerPools implements AutoCloseable {
    private final Sharing sharing;
    private final PoolSettings settings;
    private final Function<Kind, WorkerSettings> starting;
    private final Map<Kind, Workers> pools = new EnumMap<>(Kind.class);
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Deque<Object> line = new ArrayDeque<>();
    private @Nullable Kind turn;
    private final Map<Kind, Integer> active = new EnumMap<>(Kind.class);
    private long startsOfClosed;
    private boolean closed;

    WorkerPools(Sharing sharing, PoolSettings settings, Function<Kind, WorkerSettings> starting) {
        this.sharing = sharing;
        this.settings = settings;
        this.starting = starting;
    }

    /**
     * How a worker for {@code task} is started under {@code setup}'s limit.
     *
     * @param modelBytes of the largest model that it may be asked for: ONNX Runtime maps weights
     *     private and writable, which the kernel counts as data although they stay clean
     */
    static WorkerSettings starting(
            Class<? extends WorkerTask> task, WorkerSetup setup, long modelBytes) {
        long heap = HeapShare.of(setup.limitBytes());
        return WorkerSettings.of(task, heap)
                .withDataBytes(
                        Math.max(setup.limitBytes(), heap + WorkerSettings.BESIDE_HEAP_BYTES)
                                + modelBytes)
                .withOptions(setup.options());
    }

    /**
     * Does one request.
     *
     * @throws WorkerException when there is no whole answer
     */
    void run(Kind kind, Request request, PartSink sink) throws InterruptedException {
        Workers workers = enter(kind);
        try {
            workers.run(request, sink);
        } finally {
            leave(kind);
        }
    }

    private Workers enter(Kind kind) throws InterruptedException {
        Object ticket = new Object();
        lock.lockInterruptibly();
        try {
            if (line.size() >= settings.waitingMax()) {
                throw new WorkerException(
                        WorkerException.Kind.BUSY,
                        "%d requests wait for their turn, and no more may; try again later"
                                .formatted(line.size()));
            }
            line.addLast(ticket);
            try {
                while (line.peekFirst() != ticket || !isFree(kind)) {
                    changed.await();
                }
            } finally {
                line.remove(ticket);
                changed.signalAll();
            }
            if (closed) {
                throw new WorkerException(
                        WorkerException.Kind.CLOSED, "the server is about to end");
            }
            takeTurn(kind);
            active.merge(kind, 1, Integer::sum);
            return pools.computeIfAbsent(kind, this::opened);
        } finally {
            lock.unlock();
        }
    }

    private boolean isFree(Kind kind) {
        return closed || !sharing.isInTurns() || turn == null || turn == kind || active.isEmpty();
    }

    private void takeTurn(Kind kind) {
        Kind last = turn;
        if (sharing.isInTurns() && last != null && last != kind) {
            endPool(last);
        }
        turn = kind;
    }

    /** Under the lock: the process is gone before another may start. */
    private void endPool(Kind kind) {
        Workers pool = pools.remove(kind);
        if (pool != null) {
            startsOfClosed += pool.state().starts();
            pool.close();
        }
    }

    /**
     * Ends the worker of {@code kind} once it has no request, unless {@code wanted} is false by
     * then; the next request starts another.
     */
    void end(Kind kind, BooleanSupplier wanted) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (active.containsKey(kind) && wanted.getAsBoolean()) {
                changed.await();
            }
            if (wanted.getAsBoolean()) {
                endPool(kind);
            }
        } finally {
            lock.unlock();
        }
    }

    private Workers opened(Kind kind) {
        return new Workers(settings, starting.apply(kind));
    }

    private void leave(Kind kind) {
        lock.lock();
        try {
            active.computeIfPresent(kind, (_, count) -> count == 1 ? null : count - 1);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** What the worker of {@code kind} may take, in bytes. */
    long shareBytes(Kind kind) {
        return sharing.of(kind);
    }

    /** The pools that are open, by kind. */
    Map<Kind, PoolState> states() {
        lock.lock();
        try {
            Map<Kind, PoolState> states = new EnumMap<>(Kind.class);
            pools.forEach((kind, workers) -> states.put(kind, workers.state()));
            return states;
        } finally {
            lock.unlock();
        }
    }

    /** Requests that wait for the other kind to end. */
    int waiting() {
        lock.lock();
        try {
            return line.size();
        } finally {
            lock.unlock();
        }
    }

    /** Whether somebody waits for the worker of {@code kind}. */
    boolean isAwaited(Kind kind) {
        lock.lock();
        try {
            Workers pool = pools.get(kind);
            return !line.isEmpty() || (pool != null && pool.state().waiting() > 0);
        } finally {
            lock.unlock();
        }
    }

    boolean isInTurns() {
        return sharing.isInTurns();
    }

    /** Workers that were started so far. */
    long starts() {
        lock.lock();
        try {
            return startsOfClosed
                    + pools.values().stream().mapToLong(pool -> pool.state().starts()).sum();
        } finally {
            lock.unlock();
        }
    }

    /** Ends all workers; what runs ends as {@code CLOSED}. */
    @Override
    public void close() {
        Map<Kind, Workers> open;
        lock.lock();
        try {
            closed = true;
            open = new EnumMap<>(pools);
            pools.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        open.values().forEach(Workers::close);
    }
}
