package dev.snug.speech.sound.coding;

import org.jspecify.annotations.Nullable;

/**
 * The header of a frame of MPEG audio, layer III.
 *
 * @param version 1, 2, or 3 for 2.5
 * @param rate samples a second
 * @param channels 1 or 2
 * @param bytes of the frame, header included
 * @param hasCheck whether two bytes of check sum follow the header
 */
record Mp3Frame(int version, int rate, int channels, int bytes, boolean hasCheck) {
    static final int HEADER_BYTES = 4;

    /** Bytes of the largest frame: 320 kbit/s at 32,000 samples a second, padded. */
    static final int BYTES_MAX = 1_441;

    private static final int[] KILOBITS = {
        0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320
    };

    private static final int[] KILOBITS_LOW = {
        0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160
    };

    private static final int[] RATES = {44_100, 48_000, 32_000};

    /** The frame that the four bytes of {@code header} begin; null where they begin none. */
    static @Nullable Mp3Frame of(int header) {
        int bitrate = header >>> 12 & 0xf;
        int rate = header >>> 10 & 3;
        int version = header >>> 19 & 3;
        boolean isFrame =
                header >>> 21 == 0x7ff
                        && version != 1
                        && (header >>> 17 & 3) == 1
                        && bitrate > 0
                        && bitrate < 15
                        && rate < 3;
        if (!isFrame) {
            return null;
        }
        int shift = version == 3 ? 0 : version == 2 ? 1 : 2;
        int kilobits = (shift == 0 ? KILOBITS : KILOBITS_LOW)[bitrate];
        int samplesEach = RATES[rate] >> shift;
        int padding = header >>> 9 & 1;
        int bytes = (shift == 0 ? 144_000 : 72_000) * kilobits / samplesEach + padding;
        int channels = (header >>> 6 & 3) == 3 ? 1 : 2;
        return new Mp3Frame(shift + 1, samplesEach, channels, bytes, (header >>> 16 & 1) == 0);
    }

    int samples() {
        return version == 1 ? 1_152 : 576;
    }

    /** Bytes of the side information behind the header. */
    int sideBytes() {
        return version == 1 ? channels == 1 ? 17 : 32 : channels == 1 ? 9 : 17;
    }

    /** Where a frame of information has its name, "Xing" or "Info". */
    int informationAt() {
        return HEADER_BYTES + (hasCheck ? 2 : 0) + sideBytes();
    }
}
