package dev.snug.runtime.worker;

import dev.snug.runtime.worker.WorkerException.Kind;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Who waits, who works, and what is to be done next: the decisions of a pool, without processes,
 * threads or clocks. Times are nanoseconds of one clock. Not for several threads at once.
 *
 * <ul>
 *   <li>Requests get workers in the order in which they came; none overtakes, so none starves.
 *   <li>One start at a time, and only while somebody waits: many first requests make one start, and
 *       one that leaves meanwhile costs the others nothing.
 *   <li>A worker that ends is gone before another starts: never more processes than allowed.
 *   <li>The worker that was used last is used next, so that the others may end.
 * </ul>
 *
 * @param <H> a worker
 */
final class Roster<H> {
    /** A place in the queue, then a seat or an error. */
    static final class Ticket<H> {
        @Nullable Seat<H> seat;
        @Nullable WorkerException refusal;

        boolean settled() {
            return seat != null || refusal != null;
        }
    }

    /** A live worker and its history. */
    static final class Seat<H> {
        final H hand;
        private int answered;
        private OptionalLong firstResidentBytes = OptionalLong.empty();
        private long idleSinceNanos;

        private Seat(H hand) {
            this.hand = hand;
        }
    }

    /** What is to be done next. */
    sealed interface Step<H> {
        /** Start a worker, then tell {@link Roster#started} or {@link Roster#notStarted}. */
        record Start<H>() implements Step<H> {}

        /** End this worker, then tell {@link Roster#ended}. */
        record End<H>(H hand) implements Step<H> {}

        /** Nothing until something is told, or until this time. */
        record Wait<H>(OptionalLong untilNanos) implements Step<H> {}

        /** Closed, and no worker is left. */
        record Stop<H>() implements Step<H> {}
    }

    private final PoolSettings settings;
    private final Consumer<Ticket<H>> settled;
    private final Deque<Ticket<H>> waiting = new ArrayDeque<>();
    private final Deque<Seat<H>> idle = new ArrayDeque<>();
    private final Set<Seat<H>> busy = new HashSet<>();
    private final Deque<Seat<H>> leaving = new ArrayDeque<>();
    private boolean starting;
    private int ending;
    private boolean closed;

    /**
     * A roster without workers; {@code settled} hears of each ticket that has its seat or error.
     */
    Roster(PoolSettings settings, Consumer<Ticket<H>> settled) {
        this.settings = settings;
        this.settled = settled;
    }

    /**
     * Gets in line.
     *
     * @throws WorkerException of kind {@code BUSY} or {@code CLOSED}
     */
    Ticket<H> join() {
        if (closed) {
            throw closedPool();
        }
        if (idle.isEmpty() && waiting.size() >= settings.waitingMax()) {
            throw new WorkerException(
                    Kind.BUSY,
                    "%d requests wait for %d workers, and no more may; try again later"
                            .formatted(waiting.size(), settings.workers()));
        }
        Ticket<H> ticket = new Ticket<>();
        waiting.addLast(ticket);
        assign();
        return ticket;
    }

    private static WorkerException closedPool() {
        return new WorkerException(Kind.CLOSED, "the pool of workers is closed");
    }

    /** Gives the place up; a seat that came in the same moment goes to the next in line. */
    void leave(Ticket<H> ticket, long nowNanos) {
        waiting.remove(ticket);
        Seat<H> seat = ticket.seat;
        if (seat != null) {
            rest(seat, nowNanos);
        }
    }

    /** Goes back to the head of the line, because the worker of the seat had ended while idle. */
    void rejoin(Ticket<H> ticket) {
        Seat<H> seat = ticket.seat;
        if (seat == null) {
            throw new IllegalStateException("a ticket without a seat");
        }
        dismiss(seat);
        ticket.seat = null;
        if (closed) {
            ticket.refusal = closedPool();
            return;
        }
        waiting.addFirst(ticket);
        assign();
    }

    /** A worker was started. */
    void started(H hand, long nowNanos) {
        starting = false;
        rest(new Seat<>(hand), nowNanos);
    }

    /** A start failed: who has waited longest hears of it; for the next it is tried again. */
    void notStarted(WorkerException why) {
        starting = false;
        refuse(waiting.pollFirst(), why);
    }

    private void refuse(@Nullable Ticket<H> ticket, WorkerException why) {
        if (ticket != null) {
            ticket.refusal = why;
            settled.accept(ticket);
        }
    }

    /** A request was answered; {@code residentBytes} is what the worker takes now. */
    void answered(Seat<H> seat, OptionalLong residentBytes, long nowNanos) {
        seat.answered++;
        if (seat.answered == 1) {
            seat.firstResidentBytes = residentBytes;
        }
        if (seat.answered >= settings.requestsMax() || drifted(seat, residentBytes)) {
            dismiss(seat);
        } else {
            rest(seat, nowNanos);
        }
    }

    private boolean drifted(Seat<H> seat, OptionalLong residentBytes) {
        return residentBytes.isPresent()
                && seat.firstResidentBytes.isPresent()
                && residentBytes.getAsLong() - seat.firstResidentBytes.getAsLong()
                        > settings.driftBytesMax();
    }

    /** The worker of the seat is to end, or has. */
    void dismiss(Seat<H> seat) {
        busy.remove(seat);
        leaving.addLast(seat);
    }

    private void rest(Seat<H> seat, long nowNanos) {
        if (closed) {
            dismiss(seat);
            return;
        }
        busy.remove(seat);
        seat.idleSinceNanos = nowNanos;
        idle.addFirst(seat);
        assign();
    }

    private void assign() {
        while (!idle.isEmpty() && !waiting.isEmpty()) {
            Seat<H> seat = idle.removeFirst();
            Ticket<H> ticket = waiting.removeFirst();
            busy.add(seat);
            ticket.seat = seat;
            settled.accept(ticket);
        }
    }

    /** A worker that was to end is gone. */
    void ended() {
        ending--;
    }

    /** Refuses all who wait and all who come; idle workers end, busy ones after their request. */
    void close() {
        closed = true;
        while (!waiting.isEmpty()) {
            refuse(waiting.pollFirst(), closedPool());
        }
        leaving.addAll(idle);
        idle.clear();
    }

    /** What to do now; a step that is given out counts as begun. */
    Step<H> next(long nowNanos) {
        Seat<H> leaver = leaving.pollFirst();
        if (leaver == null) {
            Seat<H> oldest = idle.peekLast();
            if (oldest != null && expiryNanos(oldest) - nowNanos <= 0) {
                leaver = idle.removeLast();
            }
        }
        if (leaver != null) {
            ending++;
            return new Step.End<>(leaver.hand);
        }
        if (!waiting.isEmpty() && !starting && live() < settings.workers()) {
            starting = true;
            return new Step.Start<>();
        }
        if (closed && live() == 0) {
            return new Step.Stop<>();
        }
        Seat<H> oldest = idle.peekLast();
        return new Step.Wait<>(
                oldest == null ? OptionalLong.empty() : OptionalLong.of(expiryNanos(oldest)));
    }

    private long expiryNanos(Seat<H> seat) {
        return seat.idleSinceNanos + settings.keepAlive().toNanos();
    }

    private int live() {
        return idle.size() + busy.size() + leaving.size() + ending + (starting ? 1 : 0);
    }

    /** The workers with a request. */
    List<H> busy() {
        return busy.stream().map(seat -> seat.hand).toList();
    }

    /** The workers without, the one used last first. */
    List<H> idle() {
        return idle.stream().map(seat -> seat.hand).toList();
    }

    /** Requests without a worker. */
    int waiting() {
        return waiting.size();
    }
}
