package dev.snug.cli;

import dev.snug.runtime.bundle.FolderTree;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * What is done when the process is asked to end (Ctrl-C, SIGTERM) before the work is: processes
 * that it started are ended, and the folders in between are deleted.
 */
final class CleanEnd implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 5;

    private final Thread hook;

    private CleanEnd(Thread hook) {
        this.hook = hook;
    }

    static CleanEnd deleting(List<ScratchFolder> folders) {
        Thread hook = new Thread(() -> end(folders), "clean-end");
        Runtime.getRuntime().addShutdownHook(hook);
        return new CleanEnd(hook);
    }

    private static void end(List<ScratchFolder> folders) {
        List<ProcessHandle> children = ProcessHandle.current().descendants().toList();
        children.forEach(ProcessHandle::destroyForcibly);
        CompletableFuture.allOf(
                        children.stream()
                                .map(ProcessHandle::onExit)
                                .toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, PATIENCE_SECONDS, TimeUnit.SECONDS)
                .join();
        folders.forEach(CleanEnd::delete);
    }

    private static void delete(ScratchFolder folder) {
        try {
            FolderTree.delete(folder.path());
            Files.deleteIfExists(folder.lockFile());
        } catch (IOException e) {
            // Nobody is left to be told; the next command that works there sweeps.
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
