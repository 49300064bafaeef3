package dev.snug.runtime.bundle;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The right to change one model folder, held by one thread of one process at a time.
 *
 * <p>A lock of the operating system on a small file: it ends with its process, however that ends.
 * The file stays, because deleting it would let two processes lock two files of the same name. It
 * holds the process id of the last holder, for messages.
 */
final class InstallLock implements AutoCloseable {
    /** Time between two tries; small against an import, large against the cost of a try. */
    private static final long RETRY_MILLIS = 20;

    /**
     * Files locked by this process. POSIX drops a process's lock when it closes any descriptor of
     * the file, so a second thread must not even open it.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private InstallLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the lock on {@code file}, which is created with its folder where missing.
     *
     * @param doing what the lock is for, for messages: "install model x"
     * @param patience how long to wait for another holder
     * @throws BundleException when the other holder is not done in time
     */
    static InstallLock acquire(Path file, String doing, Duration patience) {
        InstallLock lock = tryAcquire(file, doing, patience);
        if (lock == null) {
            throw new BundleException(
                    "cannot "
                            + doing
                            + ": "
                            + holder(file)
                            + " has been changing it for more than "
                            + patience.toSeconds()
                            + " s; try again when it is done");
        }
        return lock;
    }

    /** As {@link #acquire}, but null when the other holder is not done in time. */
    static @Nullable InstallLock tryAcquire(Path file, String doing, Duration patience) {
        try {
            Path folder = Files.createDirectories(file.toAbsolutePath().getParent());
            Path real = folder.toRealPath().resolve(file.getFileName());
            long deadline = System.nanoTime() + patience.toNanos();
            while (true) {
                InstallLock lock = tryOnce(real);
                if (lock != null) {
                    return lock;
                }
                if (System.nanoTime() - deadline > 0) {
                    return null;
                }
                Thread.sleep(RETRY_MILLIS);
            }
        } catch (IOException e) {
            throw BundleException.of(doing, file, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BundleException("interrupted while waiting to " + doing, e);
        }
    }

    private static @Nullable InstallLock tryOnce(Path file) throws IOException {
        if (!HELD.add(file)) {
            return null;
        }
        InstallLock lock = null;
        FileChannel channel = null;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            FileLock held = channel.tryLock();
            if (held != null) {
                sign(channel);
                lock = new InstallLock(file, channel);
            }
            return lock;
        } finally {
            if (lock == null) {
                if (channel != null) {
                    channel.close();
                }
                HELD.remove(file);
            }
        }
    }

    /** Writes down who holds the lock; on a full disk nobody is told, but models can be removed. */
    private static void sign(FileChannel channel) {
        try {
            channel.truncate(0);
            String pid = Long.toString(ProcessHandle.current().pid());
            channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException e) {
            return;
        }
    }

    private static String holder(Path file) {
        try {
            Path real = file.toRealPath();
            if (!HELD.add(real)) {
                return "another thread of this process";
            }
            try {
                String pid = new String(BoundedFile.read(real, 20), StandardCharsets.US_ASCII);
                return pid.matches("[0-9]+") ? "process " + pid : "another process";
            } finally {
                HELD.remove(real);
            }
        } catch (IOException | BundleException e) {
            return "another process";
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw BundleException.of("release the lock", file, e);
        } finally {
            HELD.remove(file);
        }
    }
}
