package dev.snug.vision.picture;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The one EXIF field that changes pixels: the orientation tag of the first directory of a TIFF
 * block (TIFF 6.0, section 2). Nothing else in the block is looked at, so places, names and
 * thumbnails are never in memory as values.
 */
final class Exif {
    /** Bytes; a JPEG segment, the only place where EXIF can be large, holds no more. */
    static final int BLOCK_BYTES = 1 << 16;

    private static final int ORIENTATION_TAG = 0x0112;
    private static final int SHORT_TYPE = 3;
    private static final int ENTRY_BYTES = 12;

    private Exif() {}

    /** The orientation in {@code tiff}; upright where it has none or cannot be understood. */
    static Orientation orientation(byte[] tiff) {
        ByteBuffer block = ByteBuffer.wrap(tiff);
        if (tiff.length < 8) {
            return Orientation.UPRIGHT;
        }
        switch (block.getShort(0)) {
            case 0x4949 -> block.order(ByteOrder.LITTLE_ENDIAN);
            case 0x4d4d -> block.order(ByteOrder.BIG_ENDIAN);
            default -> {
                return Orientation.UPRIGHT;
            }
        }
        int directory = block.getInt(4);
        if (directory < 8 || directory > tiff.length - 2) {
            return Orientation.UPRIGHT;
        }
        int entries = Short.toUnsignedInt(block.getShort(directory));
        for (int i = 0; i < entries; i++) {
            int at = directory + 2 + i * ENTRY_BYTES;
            if (at > tiff.length - ENTRY_BYTES) {
                break;
            }
            if (Short.toUnsignedInt(block.getShort(at)) == ORIENTATION_TAG) {
                boolean isShort = block.getShort(at + 2) == SHORT_TYPE && block.getInt(at + 4) == 1;
                return isShort ? Orientation.ofTag(block.getShort(at + 8)) : Orientation.UPRIGHT;
            }
        }
        return Orientation.UPRIGHT;
    }
}
