package dev.snug.runtime.worker;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The child process: connects, makes the task, and does requests until the parent closes.
 *
 * <p>Standard output and error are nobody's protocol: what a native library prints there harms
 * nothing.
 */
public final class WorkerMain {
    private static final Path OOM_SCORE_ADJ = Path.of("/proc/self/oom_score_adj");

    private static final String OOM_SCORE_ADJ_MAX = "1000";

    private WorkerMain() {}

    /**
     * Runs the child.
     *
     * @param arguments the socket, and the class name of the task
     * @throws IOException when there is no parent at the socket
     */
    public static void main(String[] arguments) throws IOException {
        dieBeforeTheParent();
        UnixDomainSocketAddress parent = UnixDomainSocketAddress.of(Path.of(arguments[0]));
        try (SocketChannel channel = SocketChannel.open(parent)) {
            Frames frames = new Frames(new Blocking(channel));
            WorkerTask task;
            try {
                task = task(arguments[1]);
            } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
                TaskFailure failure =
                        new TaskFailure(
                                WorkerException.Kind.FAILED,
                                "cannot make " + arguments[1] + ": " + e);
                frames.write(FrameKind.FAILED, FailureFrame.encoded(failure));
                return;
            }
            new RequestLoop(frames, task).run();
        }
    }

    /**
     * When a control group is full the kernel kills the process with the most points (proc(5),
     * oom_score_adj). A worker costs one request and its parent all of them, so the worker is to be
     * first whatever it holds. Raising one's own points takes no privilege.
     */
    private static void dieBeforeTheParent() {
        try {
            Files.writeString(OOM_SCORE_ADJ, OOM_SCORE_ADJ_MAX);
        } catch (IOException e) {
            // Not Linux, or a container that hides the file: there the kernel chooses by size.
            return;
        }
    }

    private static WorkerTask task(String name) throws ReflectiveOperationException {
        return Class.forName(name)
                .asSubclass(WorkerTask.class)
                .getDeclaredConstructor()
                .newInstance();
    }

    /** The parent's socket; a wait of any length is right here, because its end ends the wait. */
    private record Blocking(SocketChannel channel) implements Transport {
        @Override
        public int read(ByteBuffer bytes) throws IOException {
            return channel.read(bytes);
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }
}
