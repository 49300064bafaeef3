package dev.snug.speech.book;

import dev.snug.speech.book.Journal.Mark;

import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** A journal on the disk, locked while it is open: the lock ends with the process. */
final class JournalFile implements Closeable {
    /** Bytes of all lines; see {@link Marks#CHUNKS_MAX}. */
    private static final long BYTES_MAX = 32L << 20;

    /** Marks whose held samples may still be there. */
    private static final int LAST_MARKS = 2;

    private final Path file;
    private final FileChannel channel;

    /**
     * Opens {@code file}, or makes it.
     *
     * @param target what is being spoken, for the message
     * @throws BookWorkException when another process has it
     */
    JournalFile(Path file, Path target) throws IOException {
        this.file = file;
        this.channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE);
        if (!isTaken(channel)) {
            channel.close();
            throw new BookWorkException(
                    "another process speaks %s right now; wait for it or name another file with -o"
                            .formatted(target));
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

    String firstLine() throws IOException {
        return firstLine(channel);
    }

    /** The first line of {@code journal}, without its end; empty where it is not whole. */
    static String firstLine(Path journal) throws IOException {
        try (FileChannel channel = FileChannel.open(journal)) {
            return firstLine(channel);
        }
    }

    private static String firstLine(FileChannel journal) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Journal.LINE_BYTES_MAX);
        int read = 0;
        while (bytes.hasRemaining() && read >= 0) {
            read = journal.read(bytes, bytes.position());
        }
        String text = StandardCharsets.UTF_8.decode(bytes.flip()).toString();
        int end = text.indexOf('\n');
        return end < 0 ? "" : text.substring(0, end);
    }

    /**
     * Reads all lines that are whole, until one that does not go on with the last.
     *
     * @param marks gets their marks
     * @param ends gets the place behind the first line, and behind each mark
     * @return the last marks: those whose held samples may still be there
     */
    List<Mark> read(Marks marks, List<Long> ends) throws IOException {
        if (channel.size() > BYTES_MAX) {
            throw new BookWorkException(file + " is too long for a journal; give --restart");
        }
        byte[] bytes = Files.readAllBytes(file);
        int whole = bytes.length;
        while (whole > 0 && bytes[whole - 1] != '\n') {
            whole--;
        }
        List<Mark> last = new ArrayList<>();
        String text = new String(bytes, 0, whole, StandardCharsets.UTF_8);
        try (BufferedReader lines = new BufferedReader(new StringReader(text))) {
            long end = bytes(String.valueOf(lines.readLine()));
            ends.add(end);
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Mark mark = Mark.parse(line);
                if (mark == null
                        || mark.chunk() != marks.count()
                        || mark.samples() < marks.samples(marks.count())
                        || marks.count() == Marks.CHUNKS_MAX) {
                    break;
                }
                marks.add(mark.samples(), mark.held());
                end += bytes(line);
                ends.add(end);
                last.add(mark);
                if (last.size() > LAST_MARKS) {
                    last.removeFirst();
                }
            }
        }
        return last;
    }

    /** Bytes of a line and its end. */
    private static long bytes(String line) {
        return line.getBytes(StandardCharsets.UTF_8).length + 1L;
    }

    /** Cuts off what lies behind {@code bytes}. */
    void cut(long bytes) throws IOException {
        channel.truncate(bytes);
    }

    /** Writes {@code line}, and returns when it is on the disk. */
    void append(String line) throws IOException {
        writeAll(channel.position(channel.size()), line.getBytes(StandardCharsets.UTF_8));
        channel.force(true);
    }

    static void writeAll(FileChannel file, byte[] bytes) throws IOException {
        ByteBuffer left = ByteBuffer.wrap(bytes);
        while (left.hasRemaining()) {
            file.write(left);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
