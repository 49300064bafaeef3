package dev.snug.vision.picture;

import java.io.IOException;
import java.util.List;

import javax.imageio.stream.ImageInputStreamImpl;

/** A stream of a few bytes of our own followed by chosen pieces of a file, read where they lie. */
final class PieceStream extends ImageInputStreamImpl {
    private final PictureBytes file;
    private final byte[] head;
    private final List<Piece> pieces;

    PieceStream(PictureBytes file, byte[] head, List<Piece> pieces) {
        this.file = file;
        this.head = head;
        this.pieces = pieces;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int from, int count) throws IOException {
        bitOffset = 0;
        if (count == 0) {
            return 0;
        }
        int done = 0;
        // The readers of numbers in the class above take fewer bytes for the end of the stream.
        while (done < count) {
            int read = readAt(streamPos, into, from + done, count - done);
            if (read < 0) {
                break;
            }
            streamPos += read;
            done += read;
        }
        return done == 0 ? -1 : done;
    }

    private int readAt(long at, byte[] into, int from, int count) throws IOException {
        if (at < head.length) {
            int taken = Math.min(count, head.length - (int) at);
            System.arraycopy(head, (int) at, into, from, taken);
            return taken;
        }
        long within = at - head.length;
        for (Piece piece : pieces) {
            if (within < piece.bytes()) {
                int most = (int) Math.min(count, piece.bytes() - within);
                return file.read(piece.at() + within, into, from, most);
            }
            within -= piece.bytes();
        }
        return -1;
    }
}
