package dev.snug.runtime.bundle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A temporary file that is being written: when the process is asked to end before it is closed
 * (Ctrl-C, SIGTERM), the file is deleted on the way out.
 */
final class Unfinished implements AutoCloseable {
    private static final Set<Path> FILES = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(Unfinished::deleteAll, "unfinished"));
    }

    private final Path file;

    private Unfinished(Path file) {
        this.file = file;
    }

    /**
     * Before {@code file} is created, so that no moment is left in which nobody would delete it.
     */
    static Unfinished begin(Path file) {
        FILES.add(file);
        return new Unfinished(file);
    }

    @Override
    public void close() {
        FILES.remove(file);
    }

    private static void deleteAll() {
        FILES.forEach(Unfinished::tryDelete);
    }

    private static boolean tryDelete(Path file) {
        try {
            return Files.deleteIfExists(file);
        } catch (IOException e) {
            // Nobody is left to be told; the others can still be deleted.
            return false;
        }
    }
}
