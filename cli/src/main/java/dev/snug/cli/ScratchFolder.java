package dev.snug.cli;

import dev.snug.runtime.bundle.FolderTree;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A folder for files in between, gone when it is closed.
 *
 * <p>Its owner holds the lock of a file beside it, which ends with the process: so the next owner
 * can tell what a process that was killed has left from what a living one still needs.
 */
record ScratchFolder(Path path, Path lockFile, FileChannel lock) implements AutoCloseable {
    private static final String PREFIX = ".scratch-";
    private static final String LOCK_ENDING = ".lock";

    /** Attempts to make a folder that no sweep of another process meets half made. */
    private static final int TRIES = 10;

    /**
     * A new folder inside {@code parent}, which is created: on the disk where the result will be,
     * because the temporary folder of a small host is often memory.
     */
    static ScratchFolder in(Path parent) throws IOException {
        Files.createDirectories(parent);
        sweep(parent);
        for (int tries = 0; tries < TRIES; tries++) {
            Path lockFile = Files.createTempFile(parent, PREFIX, LOCK_ENDING);
            FileChannel lock =
                    FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (isTaken(lock)) {
                return new ScratchFolder(Files.createDirectory(folderOf(lockFile)), lockFile, lock);
            }
            lock.close();
        }
        throw new IOException("other processes keep tidying up " + parent);
    }

    /** Deletes what owners that were killed have left. */
    private static void sweep(Path parent) throws IOException {
        try (DirectoryStream<Path> lockFiles =
                Files.newDirectoryStream(parent, PREFIX + "*" + LOCK_ENDING)) {
            for (Path lockFile : lockFiles) {
                deleteIfOrphaned(lockFile);
            }
        }
    }

    private static void deleteIfOrphaned(Path lockFile) throws IOException {
        try (FileChannel lock = FileChannel.open(lockFile, StandardOpenOption.WRITE)) {
            if (isTaken(lock)) {
                FolderTree.delete(folderOf(lockFile));
                Files.deleteIfExists(lockFile);
            }
        } catch (NoSuchFileException e) {
            // Its owner, or another sweep, was faster.
            return;
        }
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    private static Path folderOf(Path lockFile) {
        String name = String.valueOf(lockFile.getFileName());
        return lockFile.resolveSibling(name.substring(0, name.length() - LOCK_ENDING.length()));
    }

    @Override
    public void close() throws IOException {
        try {
            FolderTree.delete(path);
            Files.deleteIfExists(lockFile);
        } finally {
            lock.close();
        }
    }
}
