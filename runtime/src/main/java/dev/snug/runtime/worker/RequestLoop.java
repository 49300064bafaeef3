package dev.snug.runtime.worker;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;

/**
 * The child's two threads: this one reads frames all the time, so that a cancellation and the end
 * of the parent are seen while the other runs the task.
 */
final class RequestLoop {
    /** What the process ends with when its parent is gone in the middle of a request. */
    private static final int ORPHANED = 3;

    private record Job(long id, String name, ByteBuffer body) {}

    private final Frames frames;
    private final WorkerTask task;
    private final SynchronousQueue<Job> jobs = new SynchronousQueue<>();

    /** Lets a task go on with its next step, or see that it was cancelled. */
    private final Semaphore steps = new Semaphore(0);

    /** Id of the request that runs, 0 when none does. */
    private volatile long running;

    private volatile long cancelled;

    RequestLoop(Frames frames, WorkerTask task) {
        this.frames = frames;
        this.task = task;
    }

    /**
     * Does requests until the parent closes. Then it returns when idle, so that the process ends in
     * the usual way, and ends the process at once when a task runs: nobody can stop native code.
     */
    void run() throws IOException {
        Thread worker = new Thread(this::work, "worker-task");
        worker.setDaemon(true);
        worker.start();
        try {
            frames.write(FrameKind.HELLO);
            Frames.@Nullable Frame frame;
            while ((frame = frames.read()) != null) {
                accept(frame);
            }
        } finally {
            if (running != 0) {
                Runtime.getRuntime().halt(ORPHANED);
            }
        }
    }

    private void accept(Frames.Frame frame) throws IOException {
        switch (frame.kind()) {
            case REQUEST -> request(RequestHead.decode(frame.payload()));
            case CANCEL -> {
                cancelled = id(frame);
                steps.release();
            }
            case GO_ON -> steps.release();
            case HELLO, BODY, PART, DONE, FAILED, STEP ->
                    throw new WireException("a frame " + frame.kind() + " where none is expected");
        }
    }

    private static long id(Frames.Frame cancel) throws WireException {
        if (cancel.payload().remaining() != Long.BYTES) {
            throw new WireException("a cancellation without the id of a request");
        }
        return cancel.payload().getLong();
    }

    private void request(RequestHead head) throws IOException {
        if (running != 0) {
            throw new WireException("a request while another runs");
        }
        byte @Nullable [] body = null;
        @Nullable TaskFailure refused = null;
        try {
            body = new byte[(int) head.bodyBytes()];
        } catch (OutOfMemoryError e) {
            refused = TaskFailure.of(e);
        }
        if (!receive(head.bodyBytes(), body)) {
            refused = TaskFailure.of(new CancellationException("cancelled within its body"));
        }
        if (refused != null || body == null) {
            frames.write(
                    FrameKind.FAILED,
                    FailureFrame.encoded(
                            refused == null ? TaskFailure.of(new OutOfMemoryError()) : refused));
            return;
        }
        steps.drainPermits();
        running = head.id();
        try {
            jobs.put(new Job(head.id(), head.name(), ByteBuffer.wrap(body)));
        } catch (InterruptedException e) {
            throw new IOException("nobody interrupts this thread", e);
        }
    }

    /** Reads the body into {@code target}, or nowhere; false when it was cancelled instead. */
    private boolean receive(long bodyBytes, byte @Nullable [] target) throws IOException {
        long got = 0;
        while (got < bodyBytes) {
            Frames.Frame frame = frames.read();
            if (frame == null) {
                throw new WireException(
                        "the connection ended after %d of the %d bytes of a body"
                                .formatted(got, bodyBytes),
                        true);
            }
            if (frame.kind() == FrameKind.CANCEL) {
                return false;
            }
            int length = frame.payload().remaining();
            if (frame.kind() != FrameKind.BODY || length == 0 || length > bodyBytes - got) {
                throw new WireException(
                        "a frame %s of %d bytes where %d bytes of a body are missing"
                                .formatted(frame.kind(), length, bodyBytes - got));
            }
            if (target != null) {
                frame.payload().get(target, (int) got, length);
            }
            got += length;
        }
        return true;
    }

    /** The task's thread. Without a parent that reads there is nothing left to do here. */
    private void work() {
        try {
            while (true) {
                answer(jobs.take());
            }
        } catch (IOException | InterruptedException e) {
            Runtime.getRuntime().halt(ORPHANED);
        }
    }

    private void answer(Job job) throws IOException {
        SocketReply reply = new SocketReply(job.id());
        @Nullable TaskFailure failure = null;
        try {
            task.run(job.name(), job.body().array(), reply);
        } catch (Throwable t) {
            // Errors too: a full heap is one request's failure, and the parent decides what is
            // next.
            failure = TaskFailure.of(t);
        }
        // Before the frame that lets the parent send the next request.
        running = 0;
        if (failure == null) {
            frames.write(FrameKind.DONE);
        } else {
            frames.write(FrameKind.FAILED, FailureFrame.encoded(failure));
        }
    }

    private final class SocketReply implements Reply {
        private final long id;

        SocketReply(long id) {
            this.id = id;
        }

        @Override
        public void send(byte[] bytes, int offset, int length) throws IOException {
            ByteBuffer rest = ByteBuffer.wrap(bytes, offset, length);
            while (rest.hasRemaining()) {
                requireWanted();
                int size = Math.min(rest.remaining(), Frames.PAYLOAD_BYTES_MAX);
                frames.write(FrameKind.PART, rest.slice(rest.position(), size));
                rest.position(rest.position() + size);
            }
        }

        @Override
        public void stepEnded() throws IOException {
            requireWanted();
            frames.write(FrameKind.STEP);
            try {
                steps.acquire();
            } catch (InterruptedException e) {
                throw new IOException("nobody interrupts this thread", e);
            }
            requireWanted();
        }

        private void requireWanted() {
            if (cancelled()) {
                throw new CancellationException("cancelled by the sender");
            }
        }

        @Override
        public boolean cancelled() {
            return cancelled == id;
        }
    }
}
