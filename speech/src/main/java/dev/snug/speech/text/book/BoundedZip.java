package dev.snug.speech.text.book;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * The entries of a zip file from outside: its directory is measured before it is read, and of an
 * entry no more bytes are taken than a bound, whatever it says of itself. Entries are found by name
 * and nothing is written, so a name can lead nowhere.
 *
 * <p>Source: PKWARE APPNOTE.TXT 6.3.10, section 4.3.16 (end record).
 */
final class BoundedZip implements Closeable {
    /** Bytes of a book with its pictures. */
    static final long FILE_BYTES_MAX = 512L << 20;

    /** Entries; a book has some hundred. */
    static final int ENTRIES_MAX = 20_000;

    /** Bytes of the directory, which java.util.zip keeps in memory. */
    static final int DIRECTORY_BYTES_MAX = 4 << 20;

    private static final int END_BYTES = 22;
    private static final int COMMENT_BYTES_MAX = 0xffff;
    private static final int END_SIGNATURE = 0x06054b50;

    private final Path file;
    private final ZipFile zip;

    private BoundedZip(Path file, ZipFile zip) {
        this.file = file;
        this.zip = zip;
    }

    /**
     * Opens {@code file}.
     *
     * @throws BookException when it is no zip file or passes a bound
     */
    static BoundedZip open(Path file) throws IOException {
        long bytes = Files.size(file);
        if (bytes > FILE_BYTES_MAX) {
            throw new BookException(
                    "%s has %d bytes; an EPUB of at most %d is read"
                            .formatted(file, bytes, FILE_BYTES_MAX));
        }
        requireSmallDirectory(file, bytes);
        try {
            return new BoundedZip(file, new ZipFile(file.toFile()));
        } catch (ZipException e) {
            throw new BookException(file + " is a damaged zip file: " + e.getMessage(), e);
        }
    }

    private static void requireSmallDirectory(Path file, long bytes) throws IOException {
        int tailBytes = (int) Math.min(bytes, END_BYTES + COMMENT_BYTES_MAX);
        ByteBuffer tail = ByteBuffer.allocate(tailBytes).order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(file)) {
            int read = 0;
            while (tail.hasRemaining() && read >= 0) {
                read = channel.read(tail, bytes - tailBytes + tail.position());
            }
        }
        for (int at = tailBytes - END_BYTES; at >= 0; at--) {
            boolean isEnd =
                    tail.getInt(at) == END_SIGNATURE
                            && at + END_BYTES + Short.toUnsignedInt(tail.getShort(at + 20))
                                    == tailBytes;
            if (isEnd) {
                long entries = Short.toUnsignedLong(tail.getShort(at + 10));
                long directory = Integer.toUnsignedLong(tail.getInt(at + 12));
                if (entries > ENTRIES_MAX || directory > DIRECTORY_BYTES_MAX) {
                    throw new BookException(
                            "%s lists %d entries in %d bytes; at most %d in %d are read"
                                    .formatted(
                                            file,
                                            entries,
                                            directory,
                                            ENTRIES_MAX,
                                            DIRECTORY_BYTES_MAX));
                }
                return;
            }
        }
        throw new BookException(file + " is no zip file, or cut short; an EPUB is one");
    }

    boolean has(String name) {
        return zip.getEntry(name) != null;
    }

    /**
     * All bytes of an entry.
     *
     * @throws BookException when it is not there, damaged, or longer
     */
    byte[] read(String name, int bytesMax) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new BookException("%s has no entry %s".formatted(file, name));
        }
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] bytes = in.readNBytes(bytesMax + 1);
            if (bytes.length > bytesMax) {
                throw new BookException(
                        "the entry %s of %s is longer than %d bytes"
                                .formatted(name, file, bytesMax));
            }
            return bytes;
        } catch (ZipException e) {
            throw new BookException(
                    "the entry %s of %s is damaged: %s".formatted(name, file, e.getMessage()), e);
        }
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
