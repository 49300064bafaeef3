package dev.snug.runtime.worker;

import dev.snug.runtime.measure.Probe;
import dev.snug.runtime.worker.WorkerException.Kind;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.InterruptedByTimeoutException;
import java.time.Duration;
import java.util.OptionalLong;

/**
 * One worker process, seen from its parent. One thread at a time; only {@link #kill} may come from
 * another. {@link Workers} keeps several and starts them anew.
 */
public final class Worker implements Hand, AutoCloseable {
    /** How long a task may take to notice that it was cancelled: then it is killed. */
    static final Duration CANCEL_PATIENCE = Duration.ofSeconds(2);

    /** An idle process ends in milliseconds when its connection closes. */
    private static final long END_MILLIS = 2000;

    private final ChildProcess child;
    private final TimedChannel channel;
    private final Frames frames;
    private final Duration cancelPatience;
    private final byte[] chunk = new byte[Frames.PAYLOAD_BYTES_MAX];
    private long requests;
    private volatile boolean usable = true;
    private volatile boolean closed;

    /** A worker that has said HELLO over {@code frames}. */
    Worker(ChildProcess child, TimedChannel channel, Frames frames, Duration cancelPatience) {
        this.child = child;
        this.channel = channel;
        this.frames = frames;
        this.cancelPatience = cancelPatience;
    }

    /**
     * Starts a worker and waits until its task is made.
     *
     * @throws WorkerException of kind {@code NOT_STARTED}, with what the process said
     * @throws InterruptedException when interrupted; the process is killed then
     */
    public static Worker start(WorkerSettings settings) throws InterruptedException {
        return new WorkerStart(settings, Probe.ofThisMachine()).start(CANCEL_PATIENCE);
    }

    @Override
    public long pid() {
        return child.process().pid();
    }

    /** Anonymous and shared resident bytes of the process; empty where the system says nothing. */
    @Override
    public OptionalLong residentBytes() {
        return child.residentBytes();
    }

    @Override
    public boolean usable() {
        return usable && child.process().isAlive();
    }

    /**
     * Does one request.
     *
     * <p>After kinds {@code OUT_OF_MEMORY}, {@code CRASHED}, {@code KILLED_FOR_MEMORY} and {@code
     * STUCK} the worker is {@linkplain #usable not usable} any more: a process that ran out of
     * memory may have lost more than the request.
     *
     * @param sink takes the answer; it may have taken a part before an exception comes
     * @throws WorkerException when there is no whole answer
     * @throws InterruptedException when the thread is interrupted: the request is cancelled, and
     *     the worker killed if it does not notice
     */
    @Override
    public void run(Request request, PartSink sink) throws InterruptedException {
        if (!usable()) {
            throw new WorkerException(
                    closed ? Kind.CLOSED : Kind.CRASHED, "worker " + pid() + " has ended");
        }
        long id = ++requests;
        channel.allow(request.deadline());
        try {
            begin(request, id);
            send(request, id);
            receive(id, request, sink);
        } catch (InterruptedByTimeoutException e) {
            end();
            throw new WorkerException(
                    Kind.STUCK,
                    "the worker took more than the %.1f s of request '%s' and was killed"
                            .formatted(request.deadline().toMillis() / 1000.0, request.name()),
                    e);
        } catch (InterruptedIOException e) {
            settle(id);
            throw WorkerStart.interrupted(e);
        } catch (IOException e) {
            throw crashed(request, e);
        } finally {
            channel.restoreInterruption();
        }
    }

    /** Whoever ended before it heard of a request ended while nobody used it. */
    private void begin(Request request, long id) throws IOException {
        try {
            frames.write(
                    FrameKind.REQUEST,
                    new RequestHead(id, request.bodyBytes(), request.name()).encoded());
        } catch (InterruptedByTimeoutException | InterruptedIOException e) {
            throw e;
        } catch (IOException e) {
            throw new IdleDeathException(crashed(request, e));
        }
    }

    private void send(Request request, long id) throws IOException {
        long left = request.bodyBytes();
        while (left > 0) {
            int size = nextOfBody(request, id, left);
            frames.write(FrameKind.BODY, ByteBuffer.wrap(chunk, 0, size));
            left -= size;
        }
    }

    private int nextOfBody(Request request, long id, long left) {
        int size;
        try {
            size = request.body().read(chunk, 0, (int) Math.min(left, chunk.length));
        } catch (IOException e) {
            settle(id);
            throw new UncheckedIOException("the body of " + request.name() + " ended early", e);
        }
        if (size <= 0) {
            settle(id);
            throw new WorkerException(
                    Kind.BAD_REQUEST,
                    "the body of request '%s' ended after %d of %d bytes"
                            .formatted(
                                    request.name(),
                                    request.bodyBytes() - left,
                                    request.bodyBytes()));
        }
        return size;
    }

    private void receive(long id, Request request, PartSink sink) throws IOException {
        while (true) {
            Frames.Frame frame = frames.read();
            if (frame == null) {
                throw new WireException("the connection ended before the answer did", true);
            }
            switch (frame.kind()) {
                case DONE -> {
                    return;
                }
                case PART -> {
                    try {
                        sink.accept(frame.payload().asReadOnlyBuffer());
                    } catch (RuntimeException | Error e) {
                        settle(id);
                        throw e;
                    }
                }
                case FAILED -> throw failed(request, FailureFrame.decode(frame.payload()));
                case STEP -> {
                    channel.allow(request.deadline());
                    frames.write(FrameKind.GO_ON);
                }
                case HELLO, REQUEST, BODY, CANCEL, GO_ON ->
                        throw new WireException("a frame " + frame.kind() + " within an answer");
            }
        }
    }

    private WorkerException failed(Request request, TaskFailure failure) {
        if (failure.kind() == Kind.OUT_OF_MEMORY) {
            end();
        }
        return new WorkerException(
                failure.kind(), "request '" + request.name() + "': " + failure.message());
    }

    /** The error for a connection that broke or made no sense; the process is gone afterwards. */
    private WorkerException crashed(Request request, IOException cause) {
        boolean senseless = cause instanceof WireException wire && !wire.ended();
        boolean ended = !senseless && child.endsWithin(END_MILLIS);
        end();
        String during = " during request '" + request.name() + "'; the next gets another worker";
        if (closed) {
            return new WorkerException(Kind.CLOSED, "the worker was closed" + during, cause);
        }
        if (ended) {
            ExitCause why = child.cause();
            return new WorkerException(why.kind(), "the worker " + why.words() + during, cause);
        }
        return new WorkerException(
                Kind.CRASHED,
                "the worker was killed because of what it sent ("
                        + cause.getMessage()
                        + ")"
                        + during,
                cause);
    }

    /** Cancels the request and reads what is still on its way; a worker that goes on is killed. */
    private void settle(long id) {
        channel.allow(cancelPatience);
        try {
            frames.write(FrameKind.CANCEL, ByteBuffer.allocate(Long.BYTES).putLong(id).flip());
            Frames.Frame frame = frames.read();
            while (frame != null && isOnItsWay(frame.kind())) {
                frame = frames.read();
            }
            boolean settled = frame != null && leavesUsable(frame);
            if (!settled) {
                end();
            }
        } catch (InterruptedIOException e) {
            end();
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            end();
        }
    }

    /** Whether more follows behind such a frame; a step that ended sees the cancellation. */
    private static boolean isOnItsWay(FrameKind kind) {
        return kind == FrameKind.PART || kind == FrameKind.STEP;
    }

    /** Whether this frame ends an answer and the worker can do another. */
    private static boolean leavesUsable(Frames.Frame last) throws WireException {
        return switch (last.kind()) {
            case DONE -> true;
            case FAILED -> FailureFrame.decode(last.payload()).kind() != Kind.OUT_OF_MEMORY;
            case HELLO, REQUEST, BODY, CANCEL, PART, STEP, GO_ON -> false;
        };
    }

    /** Kills it and frees the connection. */
    private void end() {
        usable = false;
        child.kill();
        disconnect();
    }

    private void disconnect() {
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing is left to be sent or lost: the process is gone, or sees the end as well.
            return;
        }
    }

    /** Kills the process; from any thread. A request that runs ends with kind {@code CLOSED}. */
    @Override
    public void kill() {
        closed = true;
        usable = false;
        child.process().destroyForcibly();
    }

    /** Lets an idle worker end, or kills it, and waits until its memory is free. */
    @Override
    public void close() {
        closed = true;
        usable = false;
        disconnect();
        if (!child.endsWithin(END_MILLIS)) {
            child.kill();
        }
    }
}
