package dev.snug.runtime.worker;

import dev.snug.runtime.worker.Roster.Seat;
import dev.snug.runtime.worker.Roster.Step;
import dev.snug.runtime.worker.Roster.Ticket;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * A queue in front of a few workers, which are started when somebody waits, replaced when they grew
 * or broke, and ended when nobody came for a while. For any number of threads.
 *
 * <p>{@link Roster} decides; one thread of this class starts and ends processes; each request runs
 * in the thread that asks. A thread that is interrupted leaves, wherever it is: in the queue that
 * costs nothing, within a request the request is cancelled.
 */
public final class Workers implements AutoCloseable {
    /** Starts a worker and waits until it is ready. */
    @FunctionalInterface
    interface Starter {
        Hand start() throws InterruptedException;
    }

    private final Starter starter;
    private final LongSupplier clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition seated = lock.newCondition();
    private final Condition changed = lock.newCondition();
    private final Roster<Hand> roster;
    private final Thread keeper;
    private long starts;

    /** Workers started with {@code worker}; none is started before the first request. */
    public Workers(PoolSettings pool, WorkerSettings worker) {
        this(pool, () -> Worker.start(worker), System::nanoTime);
    }

    /** Workers from {@code starter}, times from {@code clock} in nanoseconds. */
    Workers(PoolSettings pool, Starter starter, LongSupplier clock) {
        this.starter = starter;
        this.clock = clock;
        this.roster = new Roster<>(pool, ticket -> seated.signalAll());
        this.keeper = new Thread(this::keep, "worker-keeper");
        keeper.setDaemon(true);
        keeper.start();
    }

    /**
     * Does one request, after those that came before it.
     *
     * @param sink takes the answer, in the calling thread; it may have taken a part before an
     *     exception comes
     * @throws WorkerException when there is no whole answer; its kind says why
     * @throws InterruptedException when interrupted while waiting or within the request
     */
    public void run(Request request, PartSink sink) throws InterruptedException {
        try {
            once(request, sink);
        } catch (IdleDeathException e) {
            // The system says late that a process has ended; that is no request's fault.
            once(request, sink);
        }
    }

    private void once(Request request, PartSink sink) throws InterruptedException {
        Seat<Hand> seat = take();
        try {
            seat.hand.run(request, sink);
        } finally {
            // A failed request leaves a worker that others can use, unless it says that it is not.
            boolean usable = seat.hand.usable();
            giveBack(seat, usable, usable ? seat.hand.residentBytes() : OptionalLong.empty());
        }
    }

    /**
     * Does one request and collects its answer.
     *
     * @param answerBytesMax a longer answer is cancelled and is an error of kind {@code FAILED}
     */
    public byte[] answer(Request request, int answerBytesMax) throws InterruptedException {
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        run(
                request,
                part -> {
                    if (part.remaining() > answerBytesMax - answer.size()) {
                        throw new WorkerException(
                                WorkerException.Kind.FAILED,
                                "the answer to request '%s' is longer than the %d bytes allowed"
                                        .formatted(request.name(), answerBytesMax));
                    }
                    byte[] bytes = new byte[part.remaining()];
                    part.get(bytes);
                    answer.writeBytes(bytes);
                });
        return answer.toByteArray();
    }

    private Seat<Hand> take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Ticket<Hand> ticket = roster.join();
            while (true) {
                changed.signal();
                awaitSettled(ticket);
                if (ticket.refusal != null) {
                    throw ticket.refusal;
                }
                Seat<Hand> seat = ticket.seat;
                if (seat != null && seat.hand.usable()) {
                    return seat;
                }
                // It died while nobody used it, which is no request's fault.
                roster.rejoin(ticket);
            }
        } finally {
            lock.unlock();
        }
    }

    private void awaitSettled(Ticket<Hand> ticket) throws InterruptedException {
        try {
            while (!ticket.settled()) {
                seated.await();
            }
        } catch (InterruptedException e) {
            roster.leave(ticket, clock.getAsLong());
            changed.signal();
            throw e;
        }
    }

    private void giveBack(Seat<Hand> seat, boolean usable, OptionalLong resident) {
        lock.lock();
        try {
            if (usable) {
                roster.answered(seat, resident, clock.getAsLong());
            } else {
                roster.dismiss(seat);
            }
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** The keeper's loop: does what the roster says, until it is closed and empty. */
    private void keep() {
        while (true) {
            switch (next()) {
                case Step.Start<Hand> _ -> start();
                case Step.End<Hand>(Hand hand) -> {
                    hand.close();
                    tell(roster::ended);
                }
                case Step.Wait<Hand> _ ->
                        throw new IllegalStateException("a wait is not given out");
                case Step.Stop<Hand> _ -> {
                    return;
                }
            }
        }
    }

    /** Waits for a step that is something to do. */
    private Step<Hand> next() {
        lock.lock();
        try {
            while (true) {
                long now = clock.getAsLong();
                Step<Hand> step = roster.next(now);
                if (!(step instanceof Step.Wait<Hand>(OptionalLong until))) {
                    return step;
                }
                await(until, now);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits for news, or less: its caller asks the roster again in any case. */
    @SuppressWarnings("WaitNotInLoop")
    private void await(OptionalLong until, long now) {
        try {
            if (until.isPresent()) {
                changed.awaitNanos(until.getAsLong() - now);
            } else {
                changed.await();
            }
        } catch (InterruptedException e) {
            // Only close() interrupts, to end a start; the roster knows that it is closed.
            return;
        }
    }

    private void start() {
        tell(() -> starts++);
        try {
            Hand hand = starter.start();
            tell(() -> roster.started(hand, clock.getAsLong()));
        } catch (WorkerException e) {
            tell(() -> roster.notStarted(e));
        } catch (InterruptedException e) {
            tell(() -> roster.notStarted(closed(e)));
        } catch (RuntimeException | Error e) {
            // The keeper must live: without it nobody would ever get a worker or an error.
            tell(() -> roster.notStarted(unexpected(e)));
        }
    }

    private static WorkerException closed(Throwable cause) {
        return new WorkerException(
                WorkerException.Kind.CLOSED, "the pool was closed while a worker started", cause);
    }

    private static WorkerException unexpected(Throwable cause) {
        return new WorkerException(
                WorkerException.Kind.NOT_STARTED, "a worker cannot be started: " + cause, cause);
    }

    private void tell(Runnable event) {
        lock.lock();
        try {
            event.run();
        } finally {
            lock.unlock();
        }
    }

    /** The pool now. */
    public PoolState state() {
        lock.lock();
        try {
            return new PoolState(
                    pids(roster.idle()), pids(roster.busy()), roster.waiting(), starts);
        } finally {
            lock.unlock();
        }
    }

    private static List<Long> pids(List<Hand> hands) {
        return hands.stream().map(Hand::pid).toList();
    }

    /**
     * Ends everything at once: waiting requests are refused and running ones killed, both as kind
     * {@code CLOSED}. When it returns, no process is left. Who wants to finish first waits first.
     */
    @Override
    public void close() {
        List<Hand> running;
        lock.lock();
        try {
            roster.close();
            running = new ArrayList<>(roster.busy());
            changed.signal();
        } finally {
            lock.unlock();
        }
        running.forEach(Hand::kill);
        keeper.interrupt();
        boolean interrupted = false;
        while (keeper.isAlive()) {
            try {
                keeper.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
