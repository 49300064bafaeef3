package dev.snug.server.http;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads the parts of {@code multipart/form-data} one after the other, through one buffer of fixed
 * size. Strict: lines end in CR LF, and the last boundary must come.
 *
 * <p>A part ends at CR LF, two hyphens and the boundary (RFC 2046, 5.1.1). Of what was read,
 * everything is content but the last bytes that could still begin such an end; those are kept until
 * more came. The first boundary may stand at the very start, as if CR LF went before it.
 */
final class Multipart {
    private static final int BUFFER_BYTES = 8192;

    /** Longest head of a part. */
    static final int HEAD_BYTES = 4096;

    private static final int BOUNDARY_CHARS = 70;

    private final InputStream in;
    private final byte[] end;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int start;
    private int limit;
    private boolean partOpen = true;

    /**
     * Of this body.
     *
     * @throws HttpException 400 when the boundary is none
     */
    Multipart(InputStream in, String boundary) {
        if (boundary.isEmpty() || boundary.length() > BOUNDARY_CHARS) {
            throw PartHead.bad("a boundary has 1 to 70 characters");
        }
        this.in = in;
        this.end = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
        buffer[0] = '\r';
        buffer[1] = '\n';
        limit = 2;
    }

    /**
     * The head of the next part, or null after the last one. What is left of the part before is
     * skipped.
     *
     * @throws HttpException 400 when this is no form
     */
    @Nullable PartHead next() throws IOException {
        byte[] skipped = new byte[1024];
        while (partOpen) {
            read(skipped);
        }
        start += end.length;
        need(2);
        if (buffer[start] == '-' && buffer[start + 1] == '-') {
            return null;
        }
        while (buffer[start] == ' ' || buffer[start] == '\t') {
            start++;
            need(2);
        }
        if (buffer[start] != '\r' || buffer[start + 1] != '\n') {
            throw PartHead.bad("a boundary is followed by something else than a new line");
        }
        String lines = head();
        partOpen = true;
        return PartHead.of(lines);
    }

    /**
     * Content of the part.
     *
     * @return bytes that were put into {@code bytes}, perhaps 0; -1 at the part's end
     * @throws HttpException 400 when the form ends within the part
     */
    int read(byte[] bytes) throws IOException {
        if (!partOpen) {
            return -1;
        }
        int found = find(end);
        if (found == start) {
            partOpen = false;
            return -1;
        }
        int sure = found >= 0 ? found : Math.max(start, limit - end.length + 1);
        int count = Math.min(sure - start, bytes.length);
        System.arraycopy(buffer, start, bytes, 0, count);
        start += count;
        if (count == 0) {
            fill();
        }
        return count;
    }

    /** The lines up to the empty one, which is passed; the first CR LF ends the boundary. */
    private String head() throws IOException {
        byte[] empty = {'\r', '\n', '\r', '\n'};
        int found = find(empty);
        while (found < 0) {
            if (limit - start > HEAD_BYTES) {
                throw PartHead.bad("a part's head is longer than " + HEAD_BYTES + " bytes");
            }
            fill();
            found = find(empty);
        }
        if (found - start > HEAD_BYTES) {
            throw PartHead.bad("a part's head is longer than " + HEAD_BYTES + " bytes");
        }
        int from = Math.min(start + 2, found);
        byte[] lines = new byte[found - from];
        System.arraycopy(buffer, from, lines, 0, lines.length);
        start = found + 4;
        return Percent.utf8(lines, lines.length);
    }

    private void need(int count) throws IOException {
        while (limit - start < count) {
            fill();
        }
    }

    /** Moves what is kept to the front and reads more. */
    private void fill() throws IOException {
        System.arraycopy(buffer, start, buffer, 0, limit - start);
        limit -= start;
        start = 0;
        int n = in.read(buffer, limit, buffer.length - limit);
        if (n < 0) {
            throw PartHead.bad("it ends before its last boundary");
        }
        limit += n;
    }

    private int find(byte[] wanted) {
        for (int i = start; i <= limit - wanted.length; i++) {
            int same = 0;
            while (same < wanted.length && buffer[i + same] == wanted[same]) {
                same++;
            }
            if (same == wanted.length) {
                return i;
            }
        }
        return -1;
    }
}
