package dev.snug.vision.picture;

import java.io.IOException;

/**
 * The colour numbers of a GIF frame, unpacked as they are asked for (GIF89a, appendix F: LZW with
 * codes of up to 12 bits). Memory: tables of 4096 codes.
 */
final class GifCodes {
    private static final int CODES = 4096;
    private static final int NONE = -1;

    private final PictureBytes file;
    private final int clear;
    private final int[] before = new int[CODES];
    private final byte[] last = new byte[CODES];
    private final byte[] pending = new byte[CODES + 1];
    private int pendingCount;
    private int codeBits;
    private int next;
    private int previous = NONE;
    private byte first;
    private long at;
    private int partLeft;
    private int bits;
    private int bitCount;

    /** {@code at} is where the code size stands. */
    GifCodes(PictureBytes file, long at) throws IOException {
        this.file = file;
        int size = file.at(at);
        if (size < 1 || size > 8) {
            throw new PictureException("damaged: codes of " + size + " bits");
        }
        this.at = at + 1;
        clear = 1 << size;
        for (int i = 0; i < clear; i++) {
            last[i] = (byte) i;
        }
        restart();
    }

    private void restart() {
        codeBits = Integer.numberOfTrailingZeros(clear) + 1;
        next = clear + 2;
        previous = NONE;
    }

    /** Fills {@code row}; false where the codes end before it is full. */
    boolean read(byte[] row) throws IOException {
        for (int x = 0; x < row.length; ) {
            if (pendingCount == 0 && !unpack()) {
                return false;
            }
            while (pendingCount > 0 && x < row.length) {
                row[x++] = pending[--pendingCount];
            }
        }
        return true;
    }

    /** Unpacks the next code, its last colour first; false at the end. */
    private boolean unpack() throws IOException {
        int code = code();
        while (code == clear) {
            restart();
            code = code();
        }
        if (code == NONE || code == clear + 1) {
            return false;
        }
        boolean isNew = code == next && previous != NONE;
        if (!isNew && (code >= next || (previous == NONE && code > clear))) {
            throw new PictureException("damaged: code " + code + " of " + next);
        }
        int walk = isNew ? previous : code;
        if (isNew) {
            pending[pendingCount++] = first;
        }
        while (walk >= clear) {
            pending[pendingCount++] = last[walk];
            walk = before[walk];
        }
        first = last[walk];
        pending[pendingCount++] = first;
        if (previous != NONE && next < CODES) {
            before[next] = previous;
            last[next] = first;
            next++;
            if (next == 1 << codeBits && codeBits < 12) {
                codeBits++;
            }
        }
        previous = code;
        return true;
    }

    private int code() throws IOException {
        while (bitCount < codeBits) {
            if (partLeft == 0) {
                partLeft = file.at(at++);
                if (partLeft <= 0) {
                    return NONE;
                }
            }
            int value = file.at(at++);
            if (value < 0) {
                return NONE;
            }
            partLeft--;
            bits |= value << bitCount;
            bitCount += 8;
        }
        int code = bits & ((1 << codeBits) - 1);
        bits >>>= codeBits;
        bitCount -= codeBits;
        return code;
    }
}
