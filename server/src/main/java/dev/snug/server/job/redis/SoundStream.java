package dev.snug.server.job.redis;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** A sound, read piece by piece: of all of it, one piece is here at a time. */
final class SoundStream extends InputStream {
    private final JobDatabase database;
    private final String key;
    private final long bytes;
    private byte[] piece = new byte[0];
    private int inPiece;
    private int pieces;
    private long read;

    /** The sound of {@code bytes} under {@code key}. */
    SoundStream(JobDatabase database, String key, long bytes) {
        this.database = database;
        this.key = key;
        this.bytes = bytes;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        if (length == 0) {
            return 0;
        }
        if (read == bytes) {
            return -1;
        }
        if (inPiece == piece.length) {
            next();
        }
        int count = Math.min(length, piece.length - inPiece);
        System.arraycopy(piece, inPiece, target, offset, count);
        inPiece += count;
        read += count;
        return count;
    }

    private void next() throws IOException {
        byte @Nullable [] found = (byte[]) database.call("HGET", key, pieces);
        if (found == null || found.length == 0) {
            throw new IOException("the sound was removed while it was read");
        }
        piece = found;
        inPiece = 0;
        pieces++;
    }
}
