package dev.snug.speech.sound.coding;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * The frame before the frames of an MP3 file that says how many they are and what of them is
 * silence: Xing's "VBR header" (1998), named "Info" as the bit rate is constant, with LAME's "Mp3
 * info tag, revision 1".
 */
final class Mp3Head {
    /** Samples that LAME is late. */
    static final int ENCODER_DELAY = 576;

    /** Header, side information, Info's own 112 bytes without quality, LAME's 36. */
    private static final int BYTES_MIN = 4 + 9 + 116 + 36;

    private static final int PLACES = 100;
    private static final int GAP_MAX = 4_095;

    /** A frame of layer III without check sum: MPEG 2, one channel. */
    private static final int HEADER = 0xfff300c0;

    /** CRC-16 of LAME: x^16 + x^15 + x^2 + 1, mirrored. */
    private static final int POLYNOMIAL = 0xa001;

    private final int header;
    private final Mp3Frame frame;
    private final int kilobits;
    private final int frameBytes;
    private long samples;
    private long bytes;
    private int check;

    /** The head of frames of {@code kilobits} a second at {@code rate}, which is one of MPEG 2. */
    Mp3Head(int rate, int kilobits) {
        int place = rate == 22_050 ? 0 : rate == 24_000 ? 1 : 2;
        this.kilobits = kilobits;
        this.frameBytes = 72 * kilobits * 1000 / rate;
        int index = 1;
        Mp3Frame small = frame(index, place);
        while (small.bytes() < Math.max(BYTES_MIN, frameBytes)) {
            small = frame(++index, place);
        }
        this.header = HEADER | index << 12 | place << 10;
        this.frame = small;
    }

    private static Mp3Frame frame(int index, int place) {
        return Objects.requireNonNull(Mp3Frame.of(HEADER | index << 12 | place << 10));
    }

    /** Counts samples that were encoded. */
    void count(int more) {
        samples += more;
    }

    /** Counts the first {@code length} bytes of frames. */
    void frames(byte[] more, int length) {
        bytes += length;
        check = check(check, more, length);
    }

    /** The frame, as far as is known. */
    byte[] bytes() {
        // At other rates than 24,000 some frames have a byte more: still the nearest whole number.
        long frames = Math.round(bytes / (double) frameBytes);
        long padding = frames * frame.samples() - samples - ENCODER_DELAY;
        ByteBuffer head = ByteBuffer.allocate(frame.bytes());
        head.putInt(header).position(frame.informationAt());
        head.put("Info".getBytes(StandardCharsets.US_ASCII)).putInt(frames == 0 ? 0 : 7);
        if (frames > 0) {
            head.putInt((int) frames).putInt((int) (frame.bytes() + bytes));
            for (int place = 0; place < PLACES; place++) {
                head.put((byte) (place * 256 / PLACES));
            }
        }
        head.put("LAME3.98r".getBytes(StandardCharsets.US_ASCII));
        // Revision 0, constant bit rate; lowpass, peak, gains and flags are not told.
        head.put((byte) 1).position(head.position() + 10);
        head.put((byte) Math.min(255, kilobits));
        int gap = frames == 0 ? 0 : Math.clamp(padding, 0, GAP_MAX);
        head.put((byte) (ENCODER_DELAY >> 4));
        head.putShort((short) (ENCODER_DELAY << 12 | gap));
        head.position(head.position() + 4);
        head.putInt((int) (frame.bytes() + bytes)).putShort((short) check);
        head.putShort((short) check(0, head.array(), head.position()));
        return head.array();
    }

    private static int check(int before, byte[] bytes, int length) {
        int sum = before;
        for (int i = 0; i < length; i++) {
            sum ^= bytes[i] & 0xff;
            for (int bit = 0; bit < 8; bit++) {
                sum = (sum & 1) == 1 ? sum >>> 1 ^ POLYNOMIAL : sum >>> 1;
            }
        }
        return sum;
    }
}
