package dev.snug.speech.sound.coding;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What the first frame of an MP3 file says of the others, where it is one of information: Xing's
 * "VBR header" (1998) with LAME's "Mp3 info tag, revision 1".
 *
 * @param frames behind this one; -1 where it does not say
 * @param delay samples before the first one
 * @param padding samples behind the last one
 */
record Mp3Information(long frames, int delay, int padding) {
    /** Samples that every decoder of layer III is late. */
    static final int DECODER_DELAY = 529;

    private static final int FRAMES = 1;
    private static final int BYTES = 2;
    private static final int PLACES = 4;
    private static final int QUALITY = 8;
    private static final int PLACE_BYTES = 100;

    /** Of LAME's part, from its nine letters on. */
    private static final int GAPS_AT = 21;

    /** What {@code bytes}, a whole frame, say; null where they are one of sound. */
    static @Nullable Mp3Information of(Mp3Frame frame, byte[] bytes) {
        int at = frame.informationAt();
        if (bytes.length < at + 8) {
            return null;
        }
        String name = new String(bytes, at, 4, StandardCharsets.ISO_8859_1);
        if (!name.equals("Xing") && !name.equals("Info")) {
            return null;
        }
        ByteBuffer fields = ByteBuffer.wrap(bytes);
        int flags = fields.getInt(at + 4);
        int next = at + 8;
        boolean hasFrames = (flags & FRAMES) != 0 && next + 4 <= bytes.length;
        long frames = hasFrames ? fields.getInt(next) & 0xffff_ffffL : -1;
        next += (flags & FRAMES) != 0 ? 4 : 0;
        next += (flags & BYTES) != 0 ? 4 : 0;
        next += (flags & PLACES) != 0 ? PLACE_BYTES : 0;
        next += (flags & QUALITY) != 0 ? 4 : 0;
        boolean hasGaps = next + GAPS_AT + 3 <= bytes.length && bytes[next] != 0;
        if (!hasGaps) {
            return new Mp3Information(frames, 0, 0);
        }
        int gaps = fields.getInt(next + GAPS_AT - 1) & 0xff_ffff;
        return new Mp3Information(frames, gaps >>> 12, gaps & 0xfff);
    }

    /** Samples of all frames that are not part of the sound at its begin. */
    int early() {
        return delay + padding == 0 ? 0 : delay + DECODER_DELAY;
    }
}
