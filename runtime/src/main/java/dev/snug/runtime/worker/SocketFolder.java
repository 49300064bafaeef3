package dev.snug.runtime.worker;

import dev.snug.runtime.bundle.OwnerAlone;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/**
 * A listening socket in a folder of its own that no other user can enter (0700). Both are there
 * until the worker has connected, and then gone: an ended parent leaves no file behind.
 */
final class SocketFolder implements AutoCloseable {
    /** sun_path of unix(7) holds 108 bytes on Linux and 104 on macOS, with a zero at the end. */
    private static final int PATH_BYTES_MAX = 103;

    private final Path folder;
    private final Path socket;
    private final ServerSocketChannel server;

    private SocketFolder(Path folder, ServerSocketChannel server) {
        this.folder = folder;
        this.socket = folder.resolve("s");
        this.server = server;
    }

    /** Listens in a new folder below {@code root}. */
    static SocketFolder listen(Path root) throws IOException {
        Path folder = Files.createTempDirectory(root, "snug-worker", OwnerAlone.folder(root));
        ServerSocketChannel server = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        SocketFolder listening = new SocketFolder(folder, server);
        try {
            int bytes = listening.socket.toString().getBytes(StandardCharsets.UTF_8).length;
            if (bytes > PATH_BYTES_MAX) {
                throw new IOException(
                        "the path of a socket, %s, has %d bytes; the system takes %d: set"
                                        .formatted(listening.socket, bytes, PATH_BYTES_MAX)
                                + " -Djava.io.tmpdir to a shorter folder");
            }
            server.bind(UnixDomainSocketAddress.of(listening.socket), 1);
            return listening;
        } catch (IOException e) {
            listening.close();
            throw e;
        }
    }

    /** The socket's file. */
    Path socket() {
        return socket;
    }

    /**
     * The first connection; null when none comes in {@code patience}, when {@code ended} completes
     * first, or when the thread is interrupted, which its flag then still says.
     */
    @Nullable SocketChannel accept(Duration patience, CompletableFuture<?> ended)
            throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        try (Selector selector = Selector.open()) {
            server.configureBlocking(false);
            server.register(selector, SelectionKey.OP_ACCEPT);
            CompletableFuture<?> waking = ended.thenRun(selector::wakeup);
            SocketChannel channel = server.accept();
            long left = deadline - System.nanoTime();
            while (channel == null
                    && left > 0
                    && !ended.isDone()
                    && !Thread.currentThread().isInterrupted()) {
                selector.select(left / 1_000_000 + 1);
                channel = server.accept();
                left = deadline - System.nanoTime();
            }
            waking.cancel(false);
            return channel;
        }
    }

    @Override
    public void close() throws IOException {
        try (server) {
            Files.deleteIfExists(socket);
            Files.deleteIfExists(folder);
        }
    }
}
