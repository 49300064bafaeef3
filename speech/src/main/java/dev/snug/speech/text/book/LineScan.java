package dev.snug.speech.text.book;

import org.jspecify.annotations.Nullable;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The lines of a UTF-8 file one by one, each with its place in the file. A line of more than {@link
 * #LINE_BYTES_MAX} comes in pieces, cut at a space where one is near.
 */
final class LineScan implements Closeable {
    /** Bytes; longer than any paragraph that a person wrote. */
    static final int LINE_BYTES_MAX = 64 << 10;

    /** A byte order mark is no part of the text. */
    private static final String MARK = "\ufeff";

    /**
     * A line or a piece of one.
     *
     * @param from place of its first byte in the file
     * @param to place behind its last, the line's end included
     * @param text without the line's end
     */
    record Line(long from, long to, String text) {
        boolean isBlank() {
            return text.isBlank();
        }
    }

    private final Path file;
    private final InputStream in;
    private final byte[] line = new byte[LINE_BYTES_MAX];
    private int count;
    private long at;

    LineScan(Path file) throws IOException {
        this.file = file;
        this.in = new BufferedInputStream(Files.newInputStream(file));
    }

    /**
     * The next line, or null behind the last.
     *
     * @throws BookException when it is no UTF-8
     */
    @Nullable Line next() throws IOException {
        for (int read = in.read(); read >= 0; read = in.read()) {
            line[count++] = (byte) read;
            if (read == '\n') {
                return taken(count);
            }
            if (count == line.length) {
                return taken(cutAt());
            }
        }
        return count == 0 ? null : taken(count);
    }

    /** Behind the last space of the second half, or between two characters. */
    private int cutAt() {
        for (int end = count; end > count / 2; end--) {
            if (line[end - 1] == ' ') {
                return end;
            }
        }
        int end = count;
        while (end > 1 && (line[end - 1] & 0xc0) == 0x80) {
            end--;
        }
        // A character may be whole at the very end; it goes with the next piece then.
        return Math.max(1, end - 1);
    }

    private Line taken(int bytes) {
        String text = decoded(ByteBuffer.wrap(line, 0, bytes), file);
        Line taken = new Line(at, at + bytes, withoutEnd(at == 0 ? withoutMark(text) : text));
        System.arraycopy(line, bytes, line, 0, count - bytes);
        count -= bytes;
        at += bytes;
        return taken;
    }

    private static String withoutEnd(String text) {
        int end = text.length();
        while (end > 0 && (text.charAt(end - 1) == '\n' || text.charAt(end - 1) == '\r')) {
            end--;
        }
        return text.substring(0, end);
    }

    /** {@code text} without a byte order mark in front. */
    static String withoutMark(String text) {
        return text.startsWith(MARK) ? text.substring(1) : text;
    }

    /**
     * UTF-8 as text.
     *
     * @throws BookException when it is none
     */
    static String decoded(ByteBuffer bytes, Path file) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            throw new BookException(file + " is not UTF-8; save it as UTF-8 again", e);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
