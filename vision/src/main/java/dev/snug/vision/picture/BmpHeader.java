package dev.snug.vision.picture;

import java.io.IOException;

/**
 * What the headers of a Windows bitmap say (Microsoft, "Bitmap Storage": BITMAPCOREHEADER to
 * BITMAPV5HEADER).
 *
 * @param bits of a pixel: 1, 4, 8 of a palette, 16, 24, 32
 * @param isTopDown whether the first stored row is the top one
 * @param packing 0 for none, 1 for runs of bytes, 2 for runs of half bytes, 3 for masks
 * @param masks of red, green, blue and opacity within a pixel of 16 or 32 bits, 0 for none
 * @param palette R G B of each colour, empty where there is none
 * @param pixelsAt first byte of the pixels
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and seen by its reader alone
record BmpHeader(
        int width,
        int height,
        int bits,
        boolean isTopDown,
        int packing,
        int[] masks,
        byte[] palette,
        long pixelsAt) {
    static final int RUNS_8 = 1;
    static final int RUNS_4 = 2;
    private static final int MASKS = 3;
    private static final int MASKS_AND_OPACITY = 6;

    /** Bytes of the header that stands before all others. */
    private static final int FILE_BYTES = 14;

    private static final int CORE_BYTES = 12;
    private static final int INFO_BYTES = 40;

    /** With masks for opacity too. */
    private static final int V3_BYTES = 56;

    private static final int LARGEST_BYTES = 124;

    static BmpHeader of(PictureBytes file) throws IOException {
        file.require(0, FILE_BYTES + CORE_BYTES);
        long size = file.uint32Little(FILE_BYTES);
        if (size != CORE_BYTES && (size < INFO_BYTES || size > LARGEST_BYTES)) {
            throw new PictureException("damaged: a bitmap header of %,d bytes".formatted(size));
        }
        file.require(FILE_BYTES, size);
        boolean isCore = size == CORE_BYTES;
        int width = isCore ? file.uint16Little(18) : (int) file.uint32Little(18);
        int height = isCore ? file.uint16Little(20) : (int) file.uint32Little(22);
        int bits = file.uint16Little(isCore ? 24 : 28);
        long packing = isCore ? 0 : file.uint32Little(30);
        if (width <= 0 || height == 0 || height == Integer.MIN_VALUE) {
            throw new PictureException(
                    "damaged: the header says %d x %d pixels".formatted(width, height));
        }
        requireKnown(bits, packing);
        boolean hasMasks = packing == MASKS || packing == MASKS_AND_OPACITY;
        boolean hasOpacity = packing == MASKS_AND_OPACITY || size >= V3_BYTES;
        long after = FILE_BYTES + size;
        if (hasMasks && size == INFO_BYTES) {
            after += packing == MASKS ? 12 : 16;
        }
        return new BmpHeader(
                width,
                Math.abs(height),
                bits,
                height < 0,
                hasMasks ? MASKS : (int) packing,
                hasMasks ? masks(file, hasOpacity) : standardMasks(bits),
                bits > 8 ? new byte[0] : palette(file, after, bits, isCore),
                file.uint32Little(10));
    }

    private static void requireKnown(int bits, long packing) {
        boolean isKnown =
                switch (bits) {
                    case 1, 24 -> packing == 0;
                    case 4 -> packing == 0 || packing == RUNS_4;
                    case 8 -> packing == 0 || packing == RUNS_8;
                    case 16, 32 -> packing == 0 || packing == MASKS || packing == MASKS_AND_OPACITY;
                    default -> false;
                };
        if (!isKnown) {
            throw new PictureException(
                    "a bitmap of %d bits, packed as %d, is not read here: save it as PNG"
                            .formatted(bits, packing));
        }
    }

    private static int[] masks(PictureBytes file, boolean hasOpacity) throws IOException {
        int at = FILE_BYTES + INFO_BYTES;
        file.require(at, 16);
        int[] masks = new int[4];
        for (int i = 0; i < (hasOpacity ? 4 : 3); i++) {
            masks[i] = (int) file.uint32Little(at + 4L * i);
        }
        return masks;
    }

    /** Five bits each, or eight; what is left over means nothing. */
    private static int[] standardMasks(int bits) {
        return bits == 16
                ? new int[] {0x7c00, 0x3e0, 0x1f, 0}
                : new int[] {0xff0000, 0xff00, 0xff, 0};
    }

    private static byte[] palette(PictureBytes file, long at, int bits, boolean isCore)
            throws IOException {
        long said = isCore ? 0 : file.uint32Little(46);
        int colours = said == 0 || said > 1 << bits ? 1 << bits : (int) said;
        int step = isCore ? 3 : 4;
        file.require(at, (long) step * colours);
        byte[] palette = new byte[3 * colours];
        for (int i = 0; i < colours; i++) {
            for (int channel = 0; channel < 3; channel++) {
                palette[3 * i + channel] = (byte) file.at(at + (long) step * i + 2 - channel);
            }
        }
        return palette;
    }

    /** Bytes of a stored row that is not packed: a multiple of four. */
    long rowBytes() {
        return ((long) width * bits + 31) / 32 * 4;
    }
}
