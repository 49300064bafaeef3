package dev.snug.vision.picture;

import java.io.IOException;

/**
 * The first frame of a GIF file, as its blocks say before its pixels (GIF89a, 1990): found by
 * walking the file up to there.
 */
final class GifFrame {
    private static final int EXTENSION = 0x21;
    private static final int IMAGE = 0x2c;
    private static final int CONTROL = 0xf9;
    private static final int HEADER_BYTES = 13;
    private static final int IMAGE_BYTES = 10;
    private static final int HAS_TABLE = 0x80;
    private static final int INTERLACED = 0x40;

    final int screenWidth;
    final int screenHeight;
    final int left;
    final int top;
    final int width;
    final int height;
    final boolean isInterlaced;

    /** The colour number that is transparent, or -1. */
    final int transparent;

    /** R G B of each colour number. */
    final byte[] colours;

    /** Where the code size and the packed pixels are. */
    final long pixelsAt;

    private GifFrame(PictureBytes file, long image, byte[] common, int transparent)
            throws IOException {
        file.require(image, IMAGE_BYTES);
        left = file.uint16Little(image + 1);
        top = file.uint16Little(image + 3);
        width = file.uint16Little(image + 5);
        height = file.uint16Little(image + 7);
        int flags = file.at(image + 9);
        isInterlaced = (flags & INTERLACED) != 0;
        this.transparent = transparent;
        boolean hasTable = (flags & HAS_TABLE) != 0;
        colours = hasTable ? table(file, image + IMAGE_BYTES, flags) : common;
        long tableBytes = hasTable ? colours.length : 0;
        pixelsAt = image + IMAGE_BYTES + tableBytes;
        // Some writers say too small a screen, or none: then the frame counts, as in browsers.
        screenWidth = Math.max(file.uint16Little(6), left + width);
        screenHeight = Math.max(file.uint16Little(8), top + height);
        if (width == 0 || height == 0 || colours.length == 0) {
            throw new PictureException(
                    "damaged: a frame of %d x %d pixels and %d colours"
                            .formatted(width, height, colours.length / 3));
        }
    }

    static GifFrame of(PictureBytes file) throws IOException {
        file.require(0, HEADER_BYTES);
        int flags = file.at(10);
        byte[] common = new byte[0];
        if ((flags & HAS_TABLE) != 0) {
            common = table(file, HEADER_BYTES, flags);
        }
        int transparent = -1;
        long at = (long) HEADER_BYTES + common.length;
        while (file.at(at) == EXTENSION) {
            if (file.at(at + 1) == CONTROL && file.at(at + 2) >= 4) {
                transparent = (file.at(at + 3) & 1) != 0 ? file.at(at + 6) : -1;
            }
            at = afterParts(file, at + 2);
        }
        if (file.at(at) != IMAGE) {
            throw new PictureException(
                    file.at(at) < 0
                            ? "the file ends early, before its first frame"
                            : "damaged: no frame at byte " + at);
        }
        return new GifFrame(file, at, common, transparent);
    }

    private static byte[] table(PictureBytes file, long at, int flags) throws IOException {
        int bytes = 3 << ((flags & 7) + 1);
        file.require(at, bytes);
        return file.bytes(at, bytes);
    }

    /** Where the parts end that start at {@code at}: each says its length, the last has none. */
    private static long afterParts(PictureBytes file, long at) throws IOException {
        while (file.at(at) > 0) {
            at += 1 + file.at(at);
        }
        return at + 1;
    }
}
