package dev.snug.runtime.bundle;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A model folder that cannot be read, trusted or written as asked. The message names the file, what
 * was found, what was expected, and what to do.
 */
public final class BundleException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    public BundleException(String message) {
        super(message);
    }

    public BundleException(String message, Throwable cause) {
        super(message, cause);
    }

    /** A failure of the disk while {@code doing} (such as "read the manifest") at {@code where}. */
    static BundleException of(String doing, Path where, IOException cause) {
        return new BundleException("cannot " + doing + ": " + reason(where, cause), cause);
    }

    private static String reason(Path where, IOException cause) {
        Path place = where;
        if (cause instanceof FileSystemException failure && failure.getFile() != null) {
            place = Path.of(failure.getFile());
        }
        String text = cause.getMessage();
        if (isFull(text)) {
            return "no space left for " + place + freeBytes(place);
        }
        return switch (cause) {
            case NoSuchFileException missing -> place + " is missing";
            case AccessDeniedException denied -> "no permission for " + place;
            case NotDirectoryException file -> place + " is not a folder";
            case FileAlreadyExistsException existing -> place + " is in the way";
            case FileSystemException other when other.getReason() != null ->
                    place + ": " + other.getReason();
            default -> place + ": " + (text == null ? cause.getClass().getSimpleName() : text);
        };
    }

    private static boolean isFull(@Nullable String text) {
        String lower = text == null ? "" : text.toLowerCase(Locale.ROOT);
        return lower.contains("no space left") || lower.contains("quota exceeded");
    }

    private static String freeBytes(Path place) {
        long free = usableBytes(place);
        return free < 0 ? "" : " (" + free + " bytes free on its disk)";
    }

    /** Bytes that can still be written near {@code place}, or −1 when that is not known. */
    static long usableBytes(Path place) {
        Path existing = place.toAbsolutePath();
        while (existing != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        try {
            return existing == null ? -1 : Files.getFileStore(existing).getUsableSpace();
        } catch (IOException e) {
            return -1;
        }
    }
}
