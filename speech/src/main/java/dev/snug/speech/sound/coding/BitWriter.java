package dev.snug.speech.sound.coding;

import java.util.Arrays;

/** Bits, highest first, in bytes that grow; what FLAC frames are put together in. */
final class BitWriter {
    private byte[] bytes = new byte[1 << 14];
    private int length;
    private long held;
    private int heldBits;

    /** Appends the lowest {@code bits}, 0 to 32, of {@code value}. */
    void write(long value, int bits) {
        held = (held << bits) | (value & ((1L << bits) - 1));
        heldBits += bits;
        while (heldBits >= 8) {
            heldBits -= 8;
            append((byte) (held >>> heldBits));
        }
    }

    /** Appends {@code zeros} and a one. */
    void writeUnary(int zeros) {
        int left = zeros;
        while (left >= 32) {
            write(0, 32);
            left -= 32;
        }
        write(1, left + 1);
    }

    /** Fills up the byte with zeros. */
    void align() {
        write(0, (8 - heldBits) % 8);
    }

    /** Bytes that are complete. */
    int length() {
        return length;
    }

    /** The bytes, of which the first {@link #length} count. */
    byte[] bytes() {
        return bytes;
    }

    void clear() {
        length = 0;
        held = 0;
        heldBits = 0;
    }

    /** The check sum of all complete bytes. */
    int check(int polynomial, int bits) {
        int sum = 0;
        for (int i = 0; i < length; i++) {
            sum = BitReader.crc(sum, bytes[i] & 0xff, polynomial, bits);
        }
        return sum;
    }

    private void append(byte next) {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * length);
        }
        bytes[length++] = next;
    }
}
