package dev.snug.cli;

import dev.snug.runtime.bundle.FolderTree;

import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What is done when the process is asked to end (Ctrl-C, SIGTERM) before the work is: processes
 * that it started are ended, and the folder in between is deleted.
 */
final class CleanEnd implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 5;

    private final Thread hook;

    private CleanEnd(Thread hook) {
        this.hook = hook;
    }

    static CleanEnd deleting(ScratchFolder folder) {
        Thread hook = new Thread(() -> end(folder), "clean-end");
        Runtime.getRuntime().addShutdownHook(hook);
        return new CleanEnd(hook);
    }

    private static void end(ScratchFolder folder) {
        ProcessHandle.current().descendants().forEach(CleanEnd::kill);
        try {
            FolderTree.delete(folder.path());
            Files.deleteIfExists(folder.lockFile());
        } catch (IOException e) {
            // Nobody is left to be told; the next command that works there sweeps.
            return;
        }
    }

    private static void kill(ProcessHandle child) {
        child.destroyForcibly();
        try {
            child.onExit().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            return;
        }
    }

    /** The work has ended by itself, and its owner tidies up. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is ending: the hook has the rest.
            return;
        }
    }
}
