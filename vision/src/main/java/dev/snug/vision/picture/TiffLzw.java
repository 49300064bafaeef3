package dev.snug.vision.picture;

import java.io.IOException;

/**
 * LZW as TIFF has it (TIFF 6.0, section 13): codes of 9 to 12 bits, high bits first, that grow one
 * code early. Memory: tables of 4096 codes.
 */
final class TiffLzw extends TiffSegment {
    private static final int CODES = 4096;
    private static final int CLEAR = 256;
    private static final int END = 257;
    private static final int NONE = -1;

    private final int[] before = new int[CODES];
    private final byte[] last = new byte[CODES];
    private final byte[] pending = new byte[CODES + 1];
    private int pendingCount;
    private int codeBits = 9;
    private int next = END + 1;
    private int previous = NONE;
    private byte first;
    private int bits;
    private int bitCount;

    TiffLzw(PictureBytes file, Piece piece) {
        super(file, piece);
        for (int i = 0; i < CLEAR; i++) {
            last[i] = (byte) i;
        }
    }

    @Override
    void read(byte[] into, int from, int count) throws IOException {
        for (int i = from; i < from + count; i++) {
            if (pendingCount == 0) {
                unpack();
            }
            into[i] = pending[--pendingCount];
        }
    }

    /** Unpacks the next code, its last byte first. */
    private void unpack() throws IOException {
        int code = code();
        while (code == CLEAR) {
            codeBits = 9;
            next = END + 1;
            previous = NONE;
            code = code();
        }
        if (code == NONE || code == END) {
            throw endsEarly();
        }
        boolean isNew = code == next && previous != NONE;
        if (!isNew && code >= next) {
            throw new PictureException("damaged: code " + code + " of " + next);
        }
        int walk = isNew ? previous : code;
        if (isNew) {
            pending[pendingCount++] = first;
        }
        while (walk > END) {
            pending[pendingCount++] = last[walk];
            walk = before[walk];
        }
        first = last[walk];
        pending[pendingCount++] = first;
        if (previous != NONE && next < CODES) {
            before[next] = previous;
            last[next] = first;
            next++;
            if (next == (1 << codeBits) - 1 && codeBits < 12) {
                codeBits++;
            }
        }
        previous = code;
    }

    private int code() throws IOException {
        while (bitCount < codeBits) {
            int value = packed();
            if (value < 0) {
                return NONE;
            }
            bits = bits << 8 | value;
            bitCount += 8;
        }
        bitCount -= codeBits;
        int code = bits >>> bitCount & ((1 << codeBits) - 1);
        bits &= (1 << bitCount) - 1;
        return code;
    }
}
