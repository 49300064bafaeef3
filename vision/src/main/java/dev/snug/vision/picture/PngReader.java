package dev.snug.vision.picture;

import java.io.IOException;
import java.util.Set;

/**
 * A streaming reader of PNG files of every colour type, depth and interlacing (PNG specification,
 * third edition). It keeps the 3-byte pixels and two rows; 16-bit and transparent pictures take no
 * more. An interlaced one is never decoded reduced, because its rows come in passes. Only IHDR,
 * PLTE, tRNS, IDAT, eXIf and IEND are read. An animated PNG gives its still frame.
 */
final class PngReader implements PictureReader {
    /** Adam7: first column, first row, step right, step down of each pass. */
    private static final int[][] PASSES = {
        {0, 0, 8, 8},
        {4, 0, 8, 8},
        {0, 4, 4, 8},
        {2, 0, 4, 4},
        {0, 2, 2, 4},
        {1, 0, 2, 2},
        {0, 1, 1, 2}
    };

    private static final int[][] ONE_PASS = {{0, 0, 1, 1}};

    private static final Set<String> KNOWN = Set.of("IHDR", "PLTE", "IDAT", "IEND");

    private final PngChunks chunks;
    private final PngHeader header;
    private byte[] palette = {};
    private byte[] transparency = {};
    private Orientation orientation = Orientation.UPRIGHT;

    PngReader(PictureBytes file) throws IOException {
        chunks = new PngChunks(file);
        chunks.next();
        if (!chunks.type().equals("IHDR") || chunks.length() != PngHeader.BYTES) {
            throw new PictureException("damaged: the first chunk is " + chunks.type());
        }
        header = PngHeader.parse(chunks.data());
    }

    @Override
    public PictureNeed need() {
        long width = header.width();
        long height = header.height();
        long rowBytes = (width * header.kind().samples * header.depth() + 7) / 8;
        PictureNeed need = new PictureNeed(width, height, 2 * rowBytes, 0);
        return header.interlaced() ? need.inAnyOrder() : need;
    }

    @Override
    public Picture read(PictureNeed need) throws IOException {
        chunks.next();
        while (!chunks.type().equals("IDAT")) {
            if (chunks.type().equals("IEND")) {
                throw new PictureException("damaged: no pixel data before the end mark");
            }
            readSmallChunk();
            chunks.next();
        }
        PixelRows pixels = new PixelRows(need);
        PngColor color = PngColor.of(header, palette, transparency);
        try (PngRows rows = new PngRows(chunks, header)) {
            for (int[] pass : header.interlaced() ? PASSES : ONE_PASS) {
                readPass(rows, color, pass, pixels);
            }
            rows.finish();
        }
        while (!chunks.type().equals("IEND")) {
            readSmallChunk();
            chunks.next();
        }
        return pixels.picture(orientation);
    }

    /** Keeps what a chunk says about colours or orientation; leaves all others unread. */
    private void readSmallChunk() throws IOException {
        switch (chunks.type()) {
            case "PLTE" -> palette = bounded(3 * 256);
            case "tRNS" -> transparency = bounded(256);
            case "eXIf" -> {
                if (chunks.length() <= Exif.BLOCK_BYTES) {
                    orientation = Exif.orientation(chunks.data());
                }
            }
            default -> {
                if (chunks.isCritical() && !KNOWN.contains(chunks.type())) {
                    throw new PictureException("a PNG with an unknown chunk " + chunks.type());
                }
            }
        }
    }

    private byte[] bounded(int limit) throws IOException {
        if (chunks.length() > limit) {
            throw new PictureException(
                    "damaged: a %s chunk of %d bytes; at most %d make sense"
                            .formatted(chunks.type(), chunks.length(), limit));
        }
        return chunks.data();
    }

    private void readPass(PngRows rows, PngColor color, int[] pass, PixelRows picture)
            throws IOException {
        int pixels = Math.ceilDiv(header.width() - pass[0], pass[2]);
        if (pixels <= 0) {
            return;
        }
        for (int y = pass[1]; y < header.height(); y += pass[3]) {
            try {
                byte[] row = rows.next(pixels, y == pass[1]);
                int at = picture.offset(y) + 3 * pass[0];
                color.convert(row, pixels, picture.array(), at, 3 * pass[2]);
                picture.done(y);
            } catch (PictureException e) {
                String where = header.interlaced() ? " (interlaced)" : "";
                throw new PictureException(
                        "%s, at row %d of %d%s"
                                .formatted(e.getMessage(), y, header.height(), where),
                        e);
            }
        }
    }
}
