package dev.snug.server.job.embedded;

import dev.snug.runtime.bundle.OwnerAlone;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A file that is locked by the operating system for one holder at a time: the lock ends with its
 * process, however that ends.
 */
final class HeldFile implements AutoCloseable {
    /**
     * Files that this process holds. POSIX drops a process's lock when it closes any descriptor of
     * the file, so nobody else in it must even open one.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private HeldFile(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Holds the file {@code name} in {@code folder}, which is made where it is missing; null when
     * somebody else does.
     */
    static @Nullable HeldFile tryHold(Path folder, String name) throws IOException {
        Path real = folder.toRealPath().resolve(name);
        if (!HELD.add(real)) {
            return null;
        }
        HeldFile held = null;
        FileChannel channel = null;
        try {
            channel =
                    FileChannel.open(
                            real,
                            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                            OwnerAlone.file(real));
            FileLock lock = channel.tryLock();
            if (lock != null) {
                held = new HeldFile(real, channel);
            }
            return held;
        } finally {
            if (held == null) {
                if (channel != null) {
                    channel.close();
                }
                HELD.remove(real);
            }
        }
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            HELD.remove(file);
        }
    }
}
