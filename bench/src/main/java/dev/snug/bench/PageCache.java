package dev.snug.bench;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * The kernel's cache of file pages. A page is charged to the memory group that read it first, so a
 * proof under a limit starts with none of the command's files cached: {@code
 * posix_fadvise(POSIX_FADV_DONTNEED)} (posix_fadvise(2)), called through the foreign function
 * interface. Pages that are dirty, or mapped by a running process, stay.
 */
@SuppressWarnings("restricted")
public final class PageCache {
    /** From fcntl.h of Linux on x86-64 and AArch64. */
    private static final int O_RDONLY = 0;

    private static final int POSIX_FADV_DONTNEED = 4;

    /** The kernel writes a dirty page back after 30 s (dirty_expire_centisecs), or soon after. */
    private static final Duration WRITTEN_BACK = Duration.ofMinutes(10);

    private static final Linker LINKER = Linker.nativeLinker();
    private static final MethodHandle OPEN =
            LINKER.downcallHandle(
                    LINKER.defaultLookup().findOrThrow("open"),
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
                    Linker.Option.firstVariadicArg(2));
    private static final MethodHandle FADVISE =
            LINKER.downcallHandle(
                    LINKER.defaultLookup().findOrThrow("posix_fadvise"),
                    FunctionDescriptor.of(
                            ValueLayout.JAVA_INT,
                            ValueLayout.JAVA_INT,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_LONG,
                            ValueLayout.JAVA_INT));
    private static final MethodHandle FSYNC = ofDescriptor("fsync");
    private static final MethodHandle CLOSE = ofDescriptor("close");

    private PageCache() {}

    /** Drops the pages of a file, or of every file below a folder. */
    public static void evict(Path path) throws IOException {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(path)) {
            files =
                    walk.filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
                            .toList();
        }
        for (Path file : files) {
            evictFile(file);
        }
    }

    private static void evictFile(Path file) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment name = arena.allocateFrom(file.toString());
            int descriptor = (int) OPEN.invokeExact(name, O_RDONLY);
            if (descriptor < 0) {
                throw new IOException("cannot open " + file + " to drop its pages");
            }
            // Of a file without dirty pages it costs a flush of the disk all the same: minutes in
            // a folder of 30,000 files.
            int synced = isRecent(file) ? (int) FSYNC.invokeExact(descriptor) : 0;
            int advised = (int) FADVISE.invokeExact(descriptor, 0L, 0L, POSIX_FADV_DONTNEED);
            int closed = (int) CLOSE.invokeExact(descriptor);
            if (synced != 0 || advised != 0 || closed != 0) {
                throw new IOException("cannot drop the pages of " + file);
            }
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a foreign call threw", e);
        }
    }

    private static boolean isRecent(Path file) throws IOException {
        Instant written = Files.getLastModifiedTime(file).toInstant();
        return written.isAfter(Instant.now().minus(WRITTEN_BACK));
    }

    private static MethodHandle ofDescriptor(String name) {
        return LINKER.downcallHandle(
                LINKER.defaultLookup().findOrThrow(name),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    }
}
