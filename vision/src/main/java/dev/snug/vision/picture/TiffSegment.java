package dev.snug.vision.picture;

import java.io.IOException;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** The bytes of one strip or tile, unpacked as they are asked for. */
abstract sealed class TiffSegment implements AutoCloseable
        permits TiffSegment.Plain, TiffSegment.PackBits, TiffSegment.Deflate, TiffLzw {
    private static final int BLOCK_BYTES = 1 << 14;

    private final PictureBytes file;
    private long at;
    private final long end;

    /** Packed bytes of {@code piece}, cut off at the end of the file. */
    TiffSegment(PictureBytes file, Piece piece) {
        this.file = file;
        at = piece.at();
        end = Math.min(file.size(), piece.at() + piece.bytes());
    }

    static TiffSegment of(TiffLayout.Packing packing, PictureBytes file, Piece piece) {
        return switch (packing) {
            case NONE -> new Plain(file, piece);
            case PACK_BITS -> new PackBits(file, piece);
            case DEFLATE -> new Deflate(file, piece);
            case LZW -> new TiffLzw(file, piece);
            case JPEG -> throw new IllegalArgumentException("no stream of samples");
        };
    }

    /** Fills {@code count} bytes, or throws. */
    abstract void read(byte[] into, int from, int count) throws IOException;

    /** The next packed byte, -1 at the end. */
    final int packed() throws IOException {
        return at < end ? file.at(at++) : -1;
    }

    /** Copies packed bytes; returns how many, at most {@code count}, -1 at the end. */
    final int packed(byte[] into, int from, int count) throws IOException {
        int most = (int) Math.min(count, end - at);
        if (most <= 0) {
            return -1;
        }
        int read = file.read(at, into, from, most);
        at += Math.max(0, read);
        return read;
    }

    static PictureException endsEarly() {
        return new PictureException("its pixel data ends early");
    }

    @Override
    public void close() {}

    /** Not packed. */
    static final class Plain extends TiffSegment {
        Plain(PictureBytes file, Piece piece) {
            super(file, piece);
        }

        @Override
        void read(byte[] into, int from, int count) throws IOException {
            for (int done = 0; done < count; ) {
                int read = packed(into, from + done, count - done);
                if (read < 0) {
                    throw endsEarly();
                }
                done += read;
            }
        }
    }

    /** Runs of bytes (TIFF 6.0, section 9). */
    static final class PackBits extends TiffSegment {
        private int left;
        private int repeated = -1;

        PackBits(PictureBytes file, Piece piece) {
            super(file, piece);
        }

        @Override
        void read(byte[] into, int from, int count) throws IOException {
            for (int i = from; i < from + count; i++) {
                while (left == 0) {
                    begin();
                }
                left--;
                int value = repeated >= 0 ? repeated : packed();
                if (value < 0) {
                    throw endsEarly();
                }
                into[i] = (byte) value;
            }
        }

        private void begin() throws IOException {
            int head = packed();
            if (head < 0) {
                throw endsEarly();
            }
            repeated = -1;
            if (head < 128) {
                left = head + 1;
            } else if (head > 128) {
                left = 257 - head;
                repeated = packed();
                if (repeated < 0) {
                    throw endsEarly();
                }
            }
        }
    }

    /** As in zip files. */
    static final class Deflate extends TiffSegment {
        private final Inflater inflater = new Inflater();
        private final byte[] block = new byte[BLOCK_BYTES];

        Deflate(PictureBytes file, Piece piece) {
            super(file, piece);
        }

        @Override
        void read(byte[] into, int from, int count) throws IOException {
            try {
                for (int done = 0; done < count; ) {
                    int inflated = inflater.inflate(into, from + done, count - done);
                    done += inflated;
                    if (inflated == 0 && (inflater.finished() || !refill())) {
                        throw endsEarly();
                    }
                }
            } catch (DataFormatException e) {
                throw new PictureException("damaged: " + e.getMessage(), e);
            }
        }

        private boolean refill() throws IOException {
            int read = inflater.needsInput() ? packed(block, 0, block.length) : -1;
            if (read > 0) {
                inflater.setInput(block, 0, read);
            }
            return read > 0;
        }

        @Override
        public void close() {
            inflater.end();
        }
    }
}
