package dev.snug.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * A request's body: bounded by what it announces, then by what comes; its time is measured. What is
 * wrong with it is an {@link HttpException}. For one thread.
 */
final class Incoming extends InputStream {
    /** Body of a length that is not announced: it comes in chunks. */
    static final long UNKNOWN = -1;

    private static final int PIECE_BYTES = 8192;

    private final InputStream in;
    private final Turn turn;
    private final long announced;
    private long most = Long.MAX_VALUE;
    private long count;
    private boolean isLong;
    private boolean ended;
    private boolean broken;

    Incoming(InputStream in, Turn turn, long announced) {
        this.in = in;
        this.turn = turn;
        this.announced = announced;
        this.ended = announced == 0;
    }

    /** Bytes that came. */
    long count() {
        return count;
    }

    /** Whether nothing more will come. */
    boolean ended() {
        return ended;
    }

    /**
     * Bounds what follows.
     *
     * @throws HttpException 413 when more is announced
     */
    void atMost(long bytes) {
        most = bytes;
        if (announced > bytes) {
            throw tooLarge(bytes);
        }
    }

    /** Its time is bounded by what comes of it, as {@link Call#uploads} has it. */
    void takesLong() {
        isLong = true;
    }

    /** The whole body, as {@link Call#body}. */
    byte[] all(int bytesMost) throws IOException {
        atMost(bytesMost);
        byte[] bytes = new byte[Math.min(PIECE_BYTES, bytesMost + 1)];
        int length = 0;
        for (int n = read(bytes, 0, bytes.length); n >= 0; ) {
            length += n;
            if (length == bytes.length) {
                bytes = Arrays.copyOf(bytes, Math.min(2 * length, bytesMost + 1));
            }
            n = read(bytes, length, bytes.length - length);
        }
        rest();
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    /** Whether all of it came, so that another request can follow. */
    boolean whole() {
        return ended && !broken;
    }

    /** What is left of it cannot be read. */
    void abandon() {
        broken = true;
        ended = true;
    }

    /** Nothing more is read: the work on it begins. */
    void rest() {
        turn.enter(Turn.Phase.WORK, System.nanoTime());
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        if (ended) {
            return -1;
        }
        if (count == 0) {
            turn.enter(Turn.Phase.BODY, System.nanoTime());
        }
        int n;
        try {
            n = in.read(bytes, offset, length);
        } catch (IOException | IndexOutOfBoundsException e) {
            // The second is how the JDK takes a chunk whose length is beyond an int.
            throw broken(e);
        }
        if (n < 0) {
            ended = true;
            return n;
        }
        count += n;
        ended = count == announced;
        if (isLong) {
            turn.grant(n);
        }
        if (count > most) {
            throw tooLarge(most);
        }
        return n;
    }

    /** Reads on for nothing, so that a client which still sends gets to its answer. */
    void discard(long bytesMost) {
        byte[] bytes = new byte[PIECE_BYTES];
        try {
            for (long left = bytesMost; left > 0 && !ended; ) {
                int n = in.read(bytes, 0, bytes.length);
                count += Math.max(n, 0);
                left -= n;
                ended = n < 0 || count == announced;
            }
        } catch (IOException | IndexOutOfBoundsException e) {
            // The answer is on its way; the connection ends with it.
            abandon();
        }
    }

    private HttpException broken(Exception cause) {
        abandon();
        HttpException error =
                HttpException.of(400, "body_incomplete", "The body ended early or is broken");
        error.initCause(cause);
        return error;
    }

    private static HttpException tooLarge(long bytes) {
        return HttpException.of(
                413, "too_large", "The body is larger than the " + bytes + " bytes allowed here");
    }
}
