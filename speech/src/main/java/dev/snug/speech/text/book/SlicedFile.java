package dev.snug.speech.text.book;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A text file as a book whose parts are stretches of bytes: cut where chapters begin, and long
 * chapters between paragraphs.
 */
final class SlicedFile {
    /** Bytes; a text of several books, at most some 800 hours of speech. */
    static final long FILE_BYTES_MAX = 64L << 20;

    /** Bytes of a part, after which the next blank line ends it: some 45 minutes of speech. */
    static final int PART_BYTES = 64 << 10;

    /** Bytes, after which any line's end does. */
    private static final int PART_BYTES_MAX = 2 * PART_BYTES;

    private final Path file;
    private final Outline outline;
    private final List<Book.Chapter> chapters = new ArrayList<>();
    private final List<Book.Part> parts = new ArrayList<>();
    private String title;
    private long from;

    private SlicedFile(Path file, String title, Outline outline) {
        this.file = file;
        this.title = title;
        this.outline = outline;
    }

    /**
     * The book in {@code file}.
     *
     * @param outline of its kind of text, which has seen nothing yet
     */
    static Book read(Path file, Outline outline) throws IOException {
        long bytes = Files.size(file);
        if (bytes > FILE_BYTES_MAX) {
            throw new BookException(
                    "%s has %d bytes; a text of at most %d is read. Give it in parts"
                            .formatted(file, bytes, FILE_BYTES_MAX));
        }
        try (LineScan lines = new LineScan(file)) {
            for (LineScan.Line line = lines.next(); line != null; line = lines.next()) {
                outline.see(line);
            }
        }
        String name = String.valueOf(file.getFileName()).replaceFirst("\\.[^.]*$", "");
        String title = outline.title().isEmpty() ? name : outline.title();
        SlicedFile slices = new SlicedFile(file, title, outline);
        slices.cut(outline.borders());
        if (slices.chapters.isEmpty()) {
            throw new BookException(file + " has nothing to read aloud");
        }
        return new Book(title, "", "", slices.chapters);
    }

    private void cut(List<Outline.Border> borders) throws IOException {
        int next = 0;
        try (LineScan lines = new LineScan(file)) {
            long end = 0;
            for (LineScan.Line line = lines.next(); line != null; line = lines.next()) {
                if (next < borders.size() && borders.get(next).from() == line.from()) {
                    endPart(line.from());
                    endChapter();
                    title = borders.get(next++).title();
                }
                end = line.to();
                long bytes = end - from;
                if (bytes >= PART_BYTES_MAX || (bytes >= PART_BYTES && line.isBlank())) {
                    endPart(end);
                }
            }
            endPart(end);
            endChapter();
        }
    }

    /** Keeps what lies before {@code to}, unless nothing of it is read aloud. */
    private void endPart(long to) {
        long first = from;
        from = to;
        if (to > first && Book.isSpeakable(text(first, to))) {
            if (parts.size() + chapters.size() >= Book.PARTS_MAX) {
                throw new BookException(file + " has more than " + Book.PARTS_MAX + " parts");
            }
            parts.add(() -> text(first, to));
        }
    }

    private void endChapter() {
        if (!parts.isEmpty()) {
            chapters.add(new Book.Chapter(title, parts));
            parts.clear();
        }
    }

    private String text(long first, long to) {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(to - first));
        try (FileChannel channel = FileChannel.open(file)) {
            while (bytes.hasRemaining()) {
                if (channel.read(bytes, first + bytes.position()) < 0) {
                    throw new EOFException("it was cut short while it was read");
                }
            }
        } catch (IOException e) {
            throw new BookException(file + " cannot be read: " + e.getMessage(), e);
        }
        String written = LineScan.decoded(bytes.flip(), file);
        boolean isFirst = first == 0;
        return outline.aloud(isFirst ? LineScan.withoutMark(written) : written, isFirst);
    }
}
