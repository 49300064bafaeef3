package dev.snug.speech.sound;

import java.nio.ByteBuffer;

/** How a WAV file stores one sample, little-endian, full scale -1 to 1. */
enum SampleFormat {
    UNSIGNED_8(Kind.PCM, 1),
    SIGNED_16(Kind.PCM, 2),
    SIGNED_24(Kind.PCM, 3),
    SIGNED_32(Kind.PCM, 4),
    FLOAT_32(Kind.IEEE_FLOAT, 4),
    FLOAT_64(Kind.IEEE_FLOAT, 8),
    A_LAW(Kind.A_LAW, 1),
    MU_LAW(Kind.MU_LAW, 1);

    private final int kind;
    private final int bytes;

    SampleFormat(int kind, int bytes) {
        this.kind = kind;
        this.bytes = bytes;
    }

    /** The number of the kind of sample in the file's format. */
    int kind() {
        return kind;
    }

    int bytes() {
        return bytes;
    }

    /** The sample at {@code at} of a little-endian buffer. */
    double sample(ByteBuffer data, int at) {
        return switch (this) {
            case UNSIGNED_8 -> ((data.get(at) & 0xff) - 0x80) / (double) 0x80;
            case SIGNED_16 -> data.getShort(at) / (double) 0x8000;
            case SIGNED_24 ->
                    ((data.getShort(at) & 0xffff) | data.get(at + 2) << 16) / (double) 0x80_0000;
            case SIGNED_32 -> data.getInt(at) / (double) 0x8000_0000L;
            case FLOAT_32 -> data.getFloat(at);
            case FLOAT_64 -> data.getDouble(at);
            case A_LAW -> aLaw(data.get(at) ^ 0x55) / (double) 0x8000;
            case MU_LAW -> muLaw(~data.get(at)) / (double) 0x8000;
        };
    }

    /** Of 16 bits: ITU-T G.711, table 1, with every second bit turned back. */
    private static int aLaw(int code) {
        int segment = code >> 4 & 7;
        int step = (code & 0xf) << 4 | 8;
        int size = segment == 0 ? step : (step | 0x100) << (segment - 1);
        return (code & 0x80) != 0 ? size : -size;
    }

    /** Of 16 bits: ITU-T G.711, table 2, with all bits turned back. */
    private static int muLaw(int code) {
        int size = ((code & 0xf) << 3 | 0x84) << (code >> 4 & 7);
        return (code & 0x80) != 0 ? 0x84 - size : size - 0x84;
    }

    private static final class Kind {
        private static final int PCM = 1;
        private static final int IEEE_FLOAT = 3;
        private static final int A_LAW = 6;
        private static final int MU_LAW = 7;
    }
}
