package dev.snug.server.job.redis;

import dev.snug.server.redis.Redis;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** Files that travel in pieces, so that no server ever holds a whole one. */
final class Pieces {
    private Pieces() {}

    /** Where pieces go. */
    @FunctionalInterface
    interface Sink {
        /** Takes a piece; false where no further one is wanted. */
        boolean take(long offset, byte[] bytes) throws IOException;
    }

    /**
     * Sends what a file has from {@code from} on, at most to {@code to}.
     *
     * @return up to where its bytes were sent, or -1 where they are not wanted any more
     */
    static long send(Path file, long from, long to, Sink sink) throws IOException {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            long at = from;
            while (at < to) {
                ByteBuffer piece = ByteBuffer.allocate((int) Math.min(Redis.PIECE_BYTES, to - at));
                while (piece.hasRemaining() && in.read(piece, at + piece.position()) >= 0) {}
                if (piece.position() == 0) {
                    return at;
                }
                if (!sink.take(at, Arrays.copyOf(piece.array(), piece.position()))) {
                    return -1;
                }
                at += piece.position();
            }
            return at;
        }
    }

    /** How many pieces a file of so many bytes is. */
    static int count(long bytes) {
        return Math.toIntExact((bytes + Redis.PIECE_BYTES - 1) / Redis.PIECE_BYTES);
    }

    /** Writes a whole piece. */
    static void write(FileChannel out, byte[] piece) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(piece);
        while (bytes.hasRemaining()) {
            out.write(bytes);
        }
    }
}
