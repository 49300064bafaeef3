package dev.snug.server.http;

import java.io.IOException;
import java.io.OutputStream;

/**
 * What a client gets: through one small buffer; the head goes before the first piece of it. The
 * time that the client takes is measured. For one thread.
 */
final class Outgoing extends OutputStream {
    /** What the JDK's server sends at once; for a larger piece it would keep a larger buffer. */
    private static final int BUFFER_BYTES = 4096;

    /** Sends the head, and says where its body goes. */
    @FunctionalInterface
    interface Head {
        OutputStream send() throws IOException;
    }

    private final Head head;
    private final Turn turn;
    private final boolean isLong;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int length;
    private long count;
    private boolean begun;
    private boolean failed;
    private OutputStream out = OutputStream.nullOutputStream();

    /**
     * For one reply.
     *
     * @param isLong whether its time is bounded by what its client takes
     */
    Outgoing(Head head, Turn turn, boolean isLong) {
        this.head = head;
        this.turn = turn;
        this.isLong = isLong;
    }

    /** Whether the head was sent. */
    boolean begun() {
        return begun;
    }

    /** Whether the client did not take what was sent. */
    boolean failed() {
        return failed;
    }

    /** Bytes of the body that were sent. */
    long count() {
        return count;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int size) throws IOException {
        int done = 0;
        while (done < size) {
            if (length == BUFFER_BYTES) {
                send(false);
            }
            int some = Math.min(size - done, BUFFER_BYTES - length);
            System.arraycopy(bytes, offset + done, buffer, length, some);
            length += some;
            done += some;
        }
    }

    @Override
    public void flush() throws IOException {
        if (length > 0) {
            send(true);
        }
    }

    /** Sends what is left, and the head where there was nothing. */
    void finish() throws IOException {
        send(true);
    }

    private void send(boolean flush) throws IOException {
        turn.enter(Turn.Phase.WRITE, System.nanoTime());
        try {
            if (!begun) {
                out = head.send();
                begun = true;
            }
            out.write(buffer, 0, length);
            if (flush) {
                out.flush();
            }
            count += length;
            if (isLong) {
                turn.grant(length);
            }
            length = 0;
        } catch (IOException e) {
            failed = true;
            throw e;
        } finally {
            turn.enter(Turn.Phase.WORK, System.nanoTime());
        }
    }
}
