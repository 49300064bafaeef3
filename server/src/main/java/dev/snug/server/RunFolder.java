package dev.snug.server;

import dev.snug.runtime.bundle.FolderTree;
import dev.snug.runtime.bundle.OwnerAlone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A folder for what a server must not keep longer than it lives: pictures on their way, overlays.
 * Nobody else may read it. One that a killed server left is removed when the next one starts.
 */
final class RunFolder implements AutoCloseable {
    private static final String PREFIX = "run-";

    private final Path folder;

    private RunFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * A new one below {@code data}, named after process {@code pid}; not in a temporary folder,
     * which is often memory.
     */
    static RunFolder open(Path data, long pid) throws IOException {
        Files.createDirectories(data, OwnerAlone.folder(data));
        removeAbandoned(data);
        return new RunFolder(
                Files.createTempDirectory(data, PREFIX + pid + "-", OwnerAlone.folder(data)));
    }

    private static void removeAbandoned(Path data) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(data, PREFIX + "*")) {
            for (Path folder : folders) {
                if (isAbandoned(folder)) {
                    FolderTree.delete(folder);
                }
            }
        }
    }

    /** Whether the process that it is named after has ended. */
    private static boolean isAbandoned(Path folder) {
        String name = String.valueOf(folder.getFileName()).substring(PREFIX.length());
        int end = name.indexOf('-');
        try {
            return end > 0
                    && Files.isWritable(folder)
                    && ProcessHandle.of(Long.parseLong(name.substring(0, end))).isEmpty();
        } catch (NumberFormatException e) {
            return false;
        }
    }

    /** A folder in it. */
    Path folder(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name));
    }

    @Override
    public void close() {
        try {
            FolderTree.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + folder, e);
        }
    }
}
