package dev.snug.vision.picture;

import java.io.IOException;
import java.util.List;

import javax.imageio.stream.ImageInputStreamImpl;

/** A stream of a few bytes of our own followed by chosen pieces of a file, read where they lie. */
final class JpegStream extends ImageInputStreamImpl {
    private final PictureBytes file;
    private final byte[] head;
    private final List<JpegOutline.Piece> pieces;

    JpegStream(PictureBytes file, byte[] head, List<JpegOutline.Piece> pieces) {
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
        int read = readAt(streamPos, into, from, count);
        streamPos += Math.max(0, read);
        return read;
    }

    private int readAt(long at, byte[] into, int from, int count) throws IOException {
        if (at < head.length) {
            int taken = Math.min(count, head.length - (int) at);
            System.arraycopy(head, (int) at, into, from, taken);
            return taken;
        }
        long within = at - head.length;
        for (JpegOutline.Piece piece : pieces) {
            if (within < piece.bytes()) {
                int most = (int) Math.min(count, piece.bytes() - within);
                return file.read(piece.at() + within, into, from, most);
            }
            within -= piece.bytes();
        }
        return -1;
    }
}
