package dev.snug.runtime.worker;

import dev.snug.runtime.measure.Probe;
import dev.snug.runtime.worker.WorkerException.Kind;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.InterruptedByTimeoutException;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;

/** The way from settings to a worker that has said HELLO; a start that fails leaves no process. */
final class WorkerStart {
    private final WorkerSettings settings;
    private final Probe probe;

    WorkerStart(WorkerSettings settings, Probe probe) {
        this.settings = settings;
        this.probe = probe;
    }

    /**
     * Starts it.
     *
     * @param cancelPatience how long its tasks may take to notice that they were cancelled
     */
    Worker start(Duration cancelPatience) throws InterruptedException {
        Path root = Path.of(System.getProperty("java.io.tmpdir", "/tmp"));
        try (SocketFolder folder = SocketFolder.listen(root)) {
            ChildProcess child = ChildProcess.start(settings, folder.socket(), probe);
            try {
                return connect(folder, child, cancelPatience);
            } catch (IOException | InterruptedException | RuntimeException e) {
                child.kill();
                throw e;
            }
        } catch (IOException e) {
            throw new WorkerException(
                    Kind.NOT_STARTED, "a worker cannot be started: " + e.getMessage(), e);
        }
    }

    private Worker connect(SocketFolder folder, ChildProcess child, Duration cancelPatience)
            throws IOException, InterruptedException {
        SocketChannel socket = folder.accept(settings.startPatience(), child.process().onExit());
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted while a worker was starting");
        }
        if (socket == null) {
            throw notStarted(child, "has not connected");
        }
        TimedChannel channel = new TimedChannel(socket);
        try {
            Frames frames = new Frames(channel);
            channel.allow(settings.startPatience());
            greet(frames, child);
            return new Worker(child, channel, frames, cancelPatience);
        } catch (IOException | InterruptedException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private void greet(Frames frames, ChildProcess child) throws IOException, InterruptedException {
        try {
            Frames.Frame first = frames.read();
            if (first == null) {
                throw notStarted(child, "has closed its connection");
            }
            if (first.kind() == FrameKind.FAILED) {
                TaskFailure failure = FailureFrame.decode(first.payload());
                throw new WorkerException(
                        Kind.NOT_STARTED, "a worker cannot be started: " + failure.message());
            }
            if (first.kind() != FrameKind.HELLO) {
                throw new WireException("a frame " + first.kind() + " where HELLO was expected");
            }
        } catch (InterruptedByTimeoutException e) {
            throw notStarted(child, "has not made its task");
        } catch (InterruptedIOException e) {
            throw interrupted(e);
        }
    }

    private WorkerException notStarted(ChildProcess child, String state) {
        String why =
                child.endsWithin(100)
                        ? child.cause().words()
                        : "%s within %.1f s; it was killed, its last words: %s"
                                .formatted(
                                        state,
                                        settings.startPatience().toMillis() / 1000.0,
                                        child.lastWords());
        return new WorkerException(Kind.NOT_STARTED, "a worker cannot be started: it " + why);
    }

    static InterruptedException interrupted(InterruptedIOException cause) {
        InterruptedException interrupted = new InterruptedException(cause.getMessage());
        interrupted.initCause(cause);
        return interrupted;
    }
}
