package dev.snug.vision.picture;

import java.io.IOException;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The rows of a PNG's IDAT chunks, inflated and unfiltered one by one (PNG specification, third
 * edition, sections 9 and 10). No more is inflated than the header asks for, so a stream that would
 * unpack to gigabytes costs nothing.
 */
final class PngRows implements AutoCloseable {
    /** Bytes taken from the file at a time. */
    private static final int BLOCK_BYTES = 1 << 14;

    private final PngChunks chunks;
    private final PngHeader header;
    private final Inflater inflater = new Inflater();
    private final byte[] block = new byte[BLOCK_BYTES];
    private final byte[] filter = new byte[1];
    private byte[] row;
    private byte[] above;
    private boolean dataLeft = true;

    /** Rows of at most {@code header.width()} pixels; {@code chunks} stands on the first IDAT. */
    PngRows(PngChunks chunks, PngHeader header) {
        this.chunks = chunks;
        this.header = header;
        row = new byte[header.rowBytes(header.width())];
        above = new byte[row.length];
    }

    /** The next {@code pixels} of a pass; {@code first} where nothing lies above. */
    byte[] next(int pixels, boolean first) throws IOException {
        byte[] free = above;
        above = row;
        row = free;
        int bytes = header.rowBytes(pixels);
        if (first) {
            Arrays.fill(above, 0, bytes, (byte) 0);
        }
        inflate(filter, 1);
        inflate(row, bytes);
        unfilter(filter[0], row, above, bytes, header.pixelBytes());
        return row;
    }

    /** Proves the check sums behind the last row, then leaves the last IDAT chunk. */
    void finish() throws IOException {
        try {
            boolean more = !inflater.finished();
            while (more) {
                more = inflater.inflate(filter) == 0 && !inflater.finished() && refill();
            }
        } catch (DataFormatException e) {
            throw new PictureException("damaged: " + e.getMessage(), e);
        }
        while (dataLeft) {
            dataLeft = nextBlock() >= 0;
        }
    }

    private void inflate(byte[] into, int count) throws IOException {
        int done = 0;
        try {
            while (done < count) {
                int inflated = inflater.inflate(into, done, count - done);
                done += inflated;
                if (inflated == 0 && (inflater.finished() || !refill())) {
                    throw new PictureException("its pixel data ends early");
                }
            }
        } catch (DataFormatException e) {
            throw new PictureException("damaged: " + e.getMessage(), e);
        }
    }

    /** Feeds the inflater; false where the data is at its end or needs an unknown dictionary. */
    private boolean refill() throws IOException {
        int count = dataLeft && inflater.needsInput() ? nextBlock() : -1;
        if (count < 0) {
            return false;
        }
        inflater.setInput(block, 0, count);
        return true;
    }

    /** The next bytes of this IDAT chunk or of those that follow it without a gap. */
    private int nextBlock() throws IOException {
        int count = chunks.read(block);
        while (count < 0) {
            chunks.next();
            if (!chunks.type().equals("IDAT")) {
                dataLeft = false;
                return -1;
            }
            count = chunks.read(block);
        }
        return count;
    }

    @SuppressWarnings("NarrowingCompoundAssignment") // arithmetic of the format is modulo 256
    private static void unfilter(int type, byte[] row, byte[] above, int bytes, int step) {
        switch (type) {
            case 0 -> {}
            case 1 -> {
                for (int i = step; i < bytes; i++) {
                    row[i] += row[i - step];
                }
            }
            case 2 -> {
                for (int i = 0; i < bytes; i++) {
                    row[i] += above[i];
                }
            }
            case 3 -> {
                for (int i = 0; i < bytes; i++) {
                    int left = i < step ? 0 : row[i - step] & 0xff;
                    row[i] += (byte) ((left + (above[i] & 0xff)) >> 1);
                }
            }
            case 4 -> {
                for (int i = 0; i < Math.min(step, bytes); i++) {
                    row[i] += above[i];
                }
                for (int i = step; i < bytes; i++) {
                    row[i] += paeth(row[i - step], above[i], above[i - step]);
                }
            }
            default -> throw new PictureException("damaged: filter " + type);
        }
    }

    /** Whichever of left, above and corner is nearest to left + above - corner, in that order. */
    private static byte paeth(byte left, byte above, byte corner) {
        int a = left & 0xff;
        int b = above & 0xff;
        int c = corner & 0xff;
        int toLeft = Math.abs(b - c);
        int toAbove = Math.abs(a - c);
        int toCorner = Math.abs(a + b - 2 * c);
        if (toLeft <= toAbove && toLeft <= toCorner) {
            return left;
        }
        return toAbove <= toCorner ? above : corner;
    }

    @Override
    public void close() {
        inflater.end();
    }
}
