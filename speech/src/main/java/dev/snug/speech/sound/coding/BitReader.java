package dev.snug.speech.sound.coding;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Bits of a stream, highest first, with the check sums that FLAC takes of the bytes they are in.
 */
final class BitReader {
    /** x^8 + x^2 + x + 1, of a frame's header. */
    static final int POLYNOMIAL_8 = 0x07;

    /** x^16 + x^15 + x^2 + 1, of a frame. */
    static final int POLYNOMIAL_16 = 0x8005;

    private final InputStream in;
    private long held;
    private int heldBits;
    private int check8;
    private int check16;

    /** Reads {@code in}, which should be buffered. */
    BitReader(InputStream in) {
        this.in = in;
    }

    /** Whether all bits were taken; what is left of a byte counts as taken. */
    boolean isAtEnd() throws IOException {
        in.mark(1);
        int next = in.read();
        in.reset();
        return next < 0;
    }

    /** Begins both check sums anew; between bytes only. */
    void beginChecks() {
        check8 = 0;
        check16 = 0;
    }

    int check8() {
        return check8;
    }

    int check16() {
        return check16;
    }

    /** The next {@code bits}, 0 to 32, as a whole number from 0. */
    long read(int bits) throws IOException {
        while (heldBits < bits) {
            held = held << 8 | nextByte();
            heldBits += 8;
        }
        heldBits -= bits;
        return (held >>> heldBits) & ((1L << bits) - 1);
    }

    /** The next {@code bits}, 1 to 33, as a whole number in two's complement. */
    long readSigned(int bits) throws IOException {
        long value = bits > 32 ? read(bits - 32) << 32 | read(32) : read(bits);
        return (value << (64 - bits)) >> (64 - bits);
    }

    /** How many zeros come before the next one, which is taken too; more than {@code most} fail. */
    long readUnary(long most) throws IOException {
        long zeros = 0;
        while (read(1) == 0) {
            zeros++;
            if (zeros > most) {
                throw new CodingException("is damaged: a number in it is out of range");
            }
        }
        return zeros;
    }

    /** Leaves out what remains of the byte. */
    void align() {
        heldBits -= heldBits % 8;
    }

    private int nextByte() throws IOException {
        int next = in.read();
        if (next < 0) {
            throw new EOFException("is cut short");
        }
        check8 = crc(check8, next, POLYNOMIAL_8, 8);
        check16 = crc(check16, next, POLYNOMIAL_16, 16);
        return next;
    }

    /** One more byte, as RFC 9639, section 11.2.2, has it. */
    static int crc(int sum, int next, int polynomial, int bits) {
        int value = sum ^ (next << (bits - 8));
        for (int i = 0; i < 8; i++) {
            boolean isHigh = ((value >>> (bits - 1)) & 1) == 1;
            value = isHigh ? value << 1 ^ polynomial : value << 1;
        }
        return value & (1 << bits) - 1;
    }
}
