package dev.snug.runtime.bundle;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.function.Supplier;

/**
 * Files that appear whole or not at all.
 *
 * <p>The content goes to a temporary file in the same folder, is forced to the disk, and is then
 * renamed over the target, which POSIX makes atomic (IEEE 1003.1, rename). A reader sees the old
 * content or the new one.
 */
public final class WholeFile {
    /** Links followed from a target before they are taken for a circle, as Linux does. */
    private static final int MAX_LINKS = 40;

    /** Longest part of the target's name kept in the temporary one; 255 bytes are allowed. */
    private static final int MAX_KEPT_NAME_LENGTH = 50;

    private static final byte[] NO_HEAD = {};
    private static final SecureRandom RANDOM = new SecureRandom();

    private WholeFile() {}

    /** Writes the content of a file. */
    @FunctionalInterface
    public interface Content {
        /** Writes everything to {@code out}, which is buffered and closed by the caller. */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes {@code content} to {@code target}.
     *
     * <p>A folder that is missing is created. Where a link stands, the file it points at is
     * written. A target that exists and is no regular file ({@code /dev/null}, {@code /dev/stdout},
     * a pipe, a terminal) is written through, never renamed over. A file that is replaced hands its
     * permissions on.
     *
     * @throws BundleException when the disk refuses; then the target is as it was, unless it was
     *     written through. What {@code content} throws passes unchanged, with the same promise
     */
    public static void write(Path target, Content content) {
        write(target, content, () -> NO_HEAD);
    }

    /**
     * As {@link #write(Path, Content)}, for a file whose first bytes are known last, such as the
     * lengths in a header: when {@code content} is complete, {@code head} takes the place of as
     * many of its first bytes. A target that is written through keeps those it got.
     */
    public static void write(Path target, Content content, Supplier<byte[]> head) {
        try {
            if (isWrittenThrough(target)) {
                writeThrough(target, content);
            } else {
                replace(followed(target.toAbsolutePath()), content, head);
            }
        } catch (IOException e) {
            throw BundleException.of("write " + target, target, e);
        }
    }

    /**
     * Devices and the descriptors of processes are written through even when the shell has put a
     * regular file behind them: {@code > file} asks for the stream, not for a new file.
     */
    private static boolean isWrittenThrough(Path target) throws IOException {
        Path absolute = target.toAbsolutePath().normalize();
        if (Files.isDirectory(target)) {
            throw new IOException("is a folder");
        }
        return Files.exists(target)
                && (!Files.isRegularFile(target)
                        || absolute.startsWith("/dev/fd")
                        || absolute.startsWith("/dev/stdout")
                        || absolute.startsWith("/dev/stderr")
                        || absolute.startsWith("/proc"));
    }

    private static void writeThrough(Path target, Content content) throws IOException {
        switch (target.toAbsolutePath().normalize().toString()) {
            case "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1" ->
                    writeTo(FileDescriptor.out, content);
            case "/dev/stderr", "/dev/fd/2", "/proc/self/fd/2" ->
                    writeTo(FileDescriptor.err, content);
            default -> {
                try (OutputStream out =
                        new BufferedOutputStream(
                                Files.newOutputStream(
                                        target,
                                        StandardOpenOption.WRITE,
                                        StandardOpenOption.APPEND))) {
                    content.writeTo(out);
                }
            }
        }
    }

    /**
     * Writes to a stream of the process itself, which stays open. Opened by its path it would have
     * a place of its own in a file behind it, and the next line printed would overwrite the
     * content.
     */
    private static void writeTo(FileDescriptor stream, Content content) throws IOException {
        OutputStream out = new BufferedOutputStream(new FileOutputStream(stream));
        content.writeTo(out);
        out.flush();
    }

    /** The place that {@code target} leads to when it is a link, whether a file is there or not. */
    private static Path followed(Path target) throws IOException {
        Path place = target;
        for (int link = 0; Files.isSymbolicLink(place); link++) {
            if (link == MAX_LINKS) {
                throw new IOException("more than " + MAX_LINKS + " links");
            }
            place = place.resolveSibling(Files.readSymbolicLink(place));
        }
        return place;
    }

    private static void replace(Path target, Content content, Supplier<byte[]> head)
            throws IOException {
        Path folder = target.getParent();
        Path fileName = target.getFileName();
        if (folder == null || fileName == null) {
            throw new IOException("is not a file");
        }
        Files.createDirectories(folder);
        Path temporary = folder.resolve(temporaryName(fileName.toString()));
        try (Unfinished _ = Unfinished.begin(temporary)) {
            fill(temporary, content, head);
            keepPermissions(target, temporary);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // Told before the temporary file is gone: the disk is still as full as it was.
            BundleException failure = BundleException.of("write " + target, target, e);
            deleteAfter(failure, temporary);
            throw failure;
        } catch (Throwable e) {
            deleteAfter(e, temporary);
            throw e;
        }
        Disk.REAL.sync(folder);
    }

    private static void fill(Path temporary, Content content, Supplier<byte[]> head)
            throws IOException {
        try (FileChannel channel =
                FileChannel.open(
                        temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel));
            content.writeTo(out);
            out.flush();
            ByteBuffer first = ByteBuffer.wrap(head.get());
            while (first.hasRemaining()) {
                channel.write(first, first.position());
            }
            channel.force(true);
        }
    }

    private static void keepPermissions(Path target, Path temporary) throws IOException {
        if (!Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        PosixFileAttributeView from =
                Files.getFileAttributeView(target, PosixFileAttributeView.class);
        PosixFileAttributeView to =
                Files.getFileAttributeView(temporary, PosixFileAttributeView.class);
        if (from != null && to != null) {
            to.setPermissions(from.readAttributes().permissions());
        }
    }

    private static void deleteAfter(Throwable failure, Path temporary) {
        try {
            Files.deleteIfExists(temporary);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private static String temporaryName(String name) {
        byte[] random = new byte[8];
        RANDOM.nextBytes(random);
        String kept = name.substring(0, Math.min(name.length(), MAX_KEPT_NAME_LENGTH));
        return "." + kept + "." + HexFormat.of().formatHex(random) + ".part";
    }
}
