package dev.snug.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * A folder for what a server must not keep longer than it lives: pictures on their way, overlays.
 * Nobody else may read it. One that a killed server left is removed when the next one starts.
 */
final class RunFolder implements AutoCloseable {
    private static final String PREFIX = "snug-serve-";

    private final Path folder;

    private RunFolder(Path folder) {
        this.folder = folder;
    }

    /** A new one below {@code temporary}, named after process {@code pid}. */
    static RunFolder open(Path temporary, long pid) throws IOException {
        removeAbandoned(temporary);
        return new RunFolder(
                Files.createTempDirectory(
                        temporary,
                        PREFIX + pid + "-",
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------"))));
    }

    private static void removeAbandoned(Path temporary) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(temporary, PREFIX + "*")) {
            for (Path folder : folders) {
                if (isAbandoned(folder)) {
                    remove(folder);
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

    private static void remove(Path folder) throws IOException {
        Files.walkFileTree(
                folder,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        Files.deleteIfExists(file);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult postVisitDirectory(Path visited, IOException e)
                            throws IOException {
                        Files.deleteIfExists(visited);
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    /** A folder in it. */
    Path folder(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name));
    }

    @Override
    public void close() {
        try {
            remove(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot remove " + folder, e);
        }
    }
}
