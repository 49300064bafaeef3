package dev.snug.vision.picture;

import java.nio.ByteBuffer;

/** The IHDR chunk of a PNG: sizes in pixels, bits a sample, kind of sample, interlaced or not. */
record PngHeader(int width, int height, int depth, Kind kind, boolean interlaced) {
    static final int BYTES = 13;

    /** What a pixel is made of; the order of the constants is no part of the format. */
    enum Kind {
        GRAY(1),
        RGB(3),
        PALETTE(1),
        GRAY_ALPHA(2),
        RGB_ALPHA(4);

        final int samples;

        Kind(int samples) {
            this.samples = samples;
        }
    }

    static PngHeader parse(byte[] data) {
        ByteBuffer bytes = ByteBuffer.wrap(data);
        int width = bytes.getInt();
        int height = bytes.getInt();
        int depth = bytes.get();
        int code = bytes.get();
        Kind kind =
                switch (code) {
                    case 0 -> Kind.GRAY;
                    case 2 -> Kind.RGB;
                    case 3 -> Kind.PALETTE;
                    case 4 -> Kind.GRAY_ALPHA;
                    case 6 -> Kind.RGB_ALPHA;
                    default -> throw new PictureException("damaged: PNG colour type " + code);
                };
        boolean known =
                switch (depth) {
                    case 1, 2, 4 -> kind == Kind.GRAY || kind == Kind.PALETTE;
                    case 8 -> true;
                    case 16 -> kind != Kind.PALETTE;
                    default -> false;
                };
        if (width <= 0 || height <= 0 || !known) {
            throw new PictureException(
                    "damaged: the header says %d x %d pixels of %d bits, colour type %d"
                            .formatted(width, height, depth, code));
        }
        int compression = bytes.get();
        int filter = bytes.get();
        int interlace = bytes.get();
        if (compression != 0 || filter != 0 || interlace < 0 || interlace > 1) {
            throw new PictureException(
                    "damaged: the header names compression %d, filter %d, interlace %d"
                            .formatted(compression, filter, interlace));
        }
        return new PngHeader(width, height, depth, kind, interlace == 1);
    }

    /** Bytes of one row of that many pixels, without the filter byte. */
    int rowBytes(int pixels) {
        return (int) (((long) pixels * kind.samples * depth + 7) / 8);
    }

    /** Bytes from a sample to the same sample of the pixel before, at least 1. */
    int pixelBytes() {
        return Math.max(1, kind.samples * depth / 8);
    }
}
