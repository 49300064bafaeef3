package dev.snug.vision.picture;

import java.io.IOException;

/**
 * How the first page of a TIFF file is stored (TIFF 6.0; Adobe's supplements 1 and 2 for deflate
 * and JPEG): in strips or tiles, here both called segments, of samples one beside the other.
 *
 * @param directory the page's fields
 * @param segmentWidth pixels; a strip has the page's width
 * @param segmentHeight rows of all segments but the last ones
 * @param areTiles whether all segments have all rows, beyond the page's edge too
 * @param packing how a segment is packed
 * @param isPredicted whether samples are differences to those of the pixel on their left
 * @param colour what samples mean
 */
record TiffLayout(
        TiffDirectory directory,
        int width,
        int height,
        int segmentWidth,
        int segmentHeight,
        boolean areTiles,
        Packing packing,
        boolean isPredicted,
        TiffColour colour) {
    private static final int WIDTH = 256;
    private static final int HEIGHT = 257;
    private static final int COMPRESSION = 259;
    private static final int FILL_ORDER = 266;
    private static final int STRIP_OFFSETS = 273;
    private static final int ROWS_PER_STRIP = 278;
    private static final int STRIP_BYTES = 279;
    private static final int PLANES = 284;
    private static final int PREDICTOR = 317;
    private static final int TILE_WIDTH = 322;
    private static final int TILE_HEIGHT = 323;
    private static final int TILE_OFFSETS = 324;
    private static final int TILE_BYTES = 325;

    /** How a segment is packed. */
    enum Packing {
        NONE,
        LZW,
        DEFLATE,
        PACK_BITS,
        JPEG
    }

    static TiffLayout of(PictureBytes file) throws IOException {
        TiffDirectory fields = TiffDirectory.of(file);
        long width = fields.value(WIDTH, 0);
        long height = fields.value(HEIGHT, 0);
        boolean areTiles = fields.count(TILE_OFFSETS) > 0;
        long across = areTiles ? fields.value(TILE_WIDTH, 0) : width;
        long down =
                areTiles
                        ? fields.value(TILE_HEIGHT, 0)
                        : Math.min(height, fields.value(ROWS_PER_STRIP, height));
        if (!isSide(width) || !isSide(height) || !isSide(across) || !isSide(down)) {
            throw new PictureException(
                    "damaged: the header says %d x %d pixels in parts of %d x %d"
                            .formatted(width, height, across, down));
        }
        Packing packing = packing(fields.value(COMPRESSION, 1));
        long predictor = fields.value(PREDICTOR, 1);
        refuse(fields.value(PLANES, 1) != 1, "its colours in separate planes");
        refuse(fields.value(FILL_ORDER, 1) != 1, "its bits in reverse order");
        refuse(predictor > 2, "predictor " + predictor);
        return new TiffLayout(
                fields,
                (int) width,
                (int) height,
                (int) across,
                (int) down,
                areTiles,
                packing,
                predictor == 2,
                TiffColour.of(fields, packing == Packing.JPEG));
    }

    private static boolean isSide(long pixels) {
        return pixels > 0 && pixels <= Integer.MAX_VALUE;
    }

    private static Packing packing(long code) {
        return switch ((int) code) {
            case 1 -> Packing.NONE;
            case 5 -> Packing.LZW;
            case 7 -> Packing.JPEG;
            case 8, 32_946 -> Packing.DEFLATE;
            case 32_773 -> Packing.PACK_BITS;
            default -> throw refused("packing " + code);
        };
    }

    static void refuse(boolean isSo, String what) {
        if (isSo) {
            throw refused(what);
        }
    }

    private static PictureException refused(String what) {
        return new PictureException(
                "a TIFF with %s is not read here: save it as PNG".formatted(what));
    }

    /** Segments beside each other. */
    int across() {
        return Math.ceilDiv(width, segmentWidth);
    }

    /** Rows of the page that segments from row {@code y} on have. */
    int rows(int y) {
        return Math.min(segmentHeight, height - y);
    }

    /** Bytes of a row of one segment, unpacked. */
    long rowBytes() {
        return colour.rowBytes(segmentWidth);
    }

    /** Where segment number {@code index} lies. */
    Piece segment(PictureBytes file, long index) throws IOException {
        long at = directory.value(areTiles ? TILE_OFFSETS : STRIP_OFFSETS, index, 0);
        int tag = areTiles ? TILE_BYTES : STRIP_BYTES;
        // Old writers leave the lengths out where nothing is packed.
        boolean isSaid = directory.count(tag) > 0;
        long bytes = isSaid ? directory.value(tag, index, 0) : file.size() - at;
        if (at == 0 || at >= file.size() || bytes <= 0) {
            throw new PictureException("the file ends early, before part " + index);
        }
        return new Piece(at, bytes);
    }
}
