package dev.snug.runtime.worker;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** A child that greets, waits for a request, and answers with bytes that are no answer. */
final class Impostor {
    private Impostor() {}

    /**
     * Acts.
     *
     * @param arguments what to do, then a worker's own arguments, the last but one the socket
     */
    public static void main(String[] arguments) throws Exception {
        String socket = arguments[arguments.length - 2];
        try (SocketChannel parent = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            send(parent, frame(Frames.VERSION, FrameKind.HELLO, 0));
            ByteBuffer request = ByteBuffer.allocate(1 << 10);
            parent.read(request);
            switch (arguments[0]) {
                case "oversized" ->
                        send(parent, frame(Frames.VERSION, FrameKind.PART, Integer.MAX_VALUE));
                case "version" -> send(parent, frame(Frames.VERSION + 1, FrameKind.DONE, 0));
                case "request" -> send(parent, frame(Frames.VERSION, FrameKind.REQUEST, 0));
                case "truncated" -> {
                    send(parent, frame(Frames.VERSION, FrameKind.PART, 100));
                    send(parent, ByteBuffer.allocate(40));
                    return;
                }
                default -> throw new IllegalArgumentException(arguments[0]);
            }
            Thread.sleep(60_000);
        }
    }

    static ByteBuffer frame(int version, FrameKind kind, int length) {
        return ByteBuffer.allocate(Frames.HEADER_BYTES)
                .put((byte) version)
                .put(kind.code)
                .putShort((short) 0)
                .putInt(length)
                .flip();
    }

    private static void send(SocketChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
