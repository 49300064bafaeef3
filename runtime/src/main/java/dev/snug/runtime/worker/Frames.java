package dev.snug.runtime.worker;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A stream of frames over a {@link Transport}.
 *
 * <pre>
 * version  kind  0 0  length      payload
 * 1 byte   1     2    4, big end  length bytes, at most {@link #PAYLOAD_BYTES_MAX}
 * </pre>
 *
 * <p>Two buffers of one frame each are all the memory it takes, whatever the other end announces.
 * One thread reads; writing is one frame at a time, from any thread.
 */
final class Frames {
    /** Both ends are of one build; another version is a mistake of installation. */
    static final byte VERSION = 2;

    static final int HEADER_BYTES = 8;

    /** Large enough that system calls do not matter, small beside a socket's own buffer. */
    static final int PAYLOAD_BYTES_MAX = 64 << 10;

    /**
     * A frame.
     *
     * @param payload valid until the next is read
     */
    record Frame(FrameKind kind, ByteBuffer payload) {}

    private final Transport transport;
    private final ByteBuffer in = ByteBuffer.allocateDirect(HEADER_BYTES + PAYLOAD_BYTES_MAX);
    private final ByteBuffer out = ByteBuffer.allocateDirect(HEADER_BYTES + PAYLOAD_BYTES_MAX);

    Frames(Transport transport) {
        this.transport = transport;
    }

    /**
     * The next frame; null when the other end closed after the last.
     *
     * @throws WireException when what comes is no frame
     */
    @Nullable Frame read() throws IOException {
        in.clear().limit(HEADER_BYTES);
        if (!fill("header")) {
            return null;
        }
        byte version = in.get(0);
        if (version != VERSION) {
            throw new WireException(
                    "a frame has protocol version %d, and %d is spoken here: both processes must be"
                                    .formatted(version, VERSION)
                            + " of one build");
        }
        FrameKind kind = FrameKind.of(in.get(1));
        if (kind == null || in.getShort(2) != 0) {
            throw new WireException(
                    "a frame has kind %d and flags %d, which do not exist"
                            .formatted(in.get(1), in.getShort(2)));
        }
        int length = in.getInt(4);
        if (length < 0 || length > PAYLOAD_BYTES_MAX) {
            throw new WireException(
                    "a frame %s announces %d bytes; at most %d are allowed"
                            .formatted(kind, Integer.toUnsignedLong(length), PAYLOAD_BYTES_MAX));
        }
        in.limit(HEADER_BYTES + length);
        fill(kind.toString());
        return new Frame(kind, in.flip().position(HEADER_BYTES));
    }

    /** Fills {@link #in} to its limit; false when the stream ends before the first byte. */
    private boolean fill(String part) throws IOException {
        while (in.hasRemaining()) {
            if (transport.read(in) < 0) {
                if (in.position() == 0) {
                    return false;
                }
                throw cutShort(part);
            }
        }
        return true;
    }

    private WireException cutShort(String part) {
        return new WireException(
                "the connection ended after %d of the %d bytes of a frame %s"
                        .formatted(in.position(), in.limit(), part),
                true);
    }

    /** Writes a frame with what remains of {@code payload}. */
    synchronized void write(FrameKind kind, ByteBuffer payload) throws IOException {
        if (payload.remaining() > PAYLOAD_BYTES_MAX) {
            throw new IllegalArgumentException(
                    payload.remaining() + " bytes are more than a frame holds");
        }
        out.clear();
        out.put(VERSION).put(kind.code).putShort((short) 0).putInt(payload.remaining());
        out.put(payload).flip();
        transport.write(out);
    }

    /** Writes a frame without payload. */
    void write(FrameKind kind) throws IOException {
        write(kind, ByteBuffer.allocate(0));
    }
}
