package dev.snug.server.work;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** When files were written. */
final class FileTimes {
    private FileTimes() {}

    /** Whole seconds since 1970; 0 for a file that was removed meanwhile. */
    static long seconds(Path file) {
        try {
            return Files.getLastModifiedTime(file).to(TimeUnit.SECONDS);
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
