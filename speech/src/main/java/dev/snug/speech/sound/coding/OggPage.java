package dev.snug.speech.sound.coding;

import java.util.List;

/**
 * The packets that end on one page of a stream.
 *
 * @param granule the stream's time at the end of the last of them, in the codec's units; -1 where
 *     none ends here
 * @param isLast whether the stream ends with this page
 */
record OggPage(List<byte[]> packets, long granule, boolean isLast) {
    /** x^32 + x^26 + ... of RFC 3533, section 6, not mirrored. */
    private static final int POLYNOMIAL = 0x04c11db7;

    private static final int[] TABLE = table();

    OggPage {
        packets = List.copyOf(packets);
    }

    /** The check sum of {@code length} bytes more. */
    static int check(int before, byte[] bytes, int length) {
        int sum = before;
        for (int i = 0; i < length; i++) {
            sum = sum << 8 ^ TABLE[(sum >>> 24 ^ bytes[i]) & 0xff];
        }
        return sum;
    }

    private static int[] table() {
        int[] table = new int[256];
        for (int i = 0; i < 256; i++) {
            int sum = i << 24;
            for (int bit = 0; bit < 8; bit++) {
                sum = sum < 0 ? sum << 1 ^ POLYNOMIAL : sum << 1;
            }
            table[i] = sum;
        }
        return table;
    }
}
