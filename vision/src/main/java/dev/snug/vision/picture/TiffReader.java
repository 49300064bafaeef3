package dev.snug.vision.picture;

import java.io.IOException;

/**
 * A reader of the first page of TIFF files: strips or tiles; packed not at all, by LZW, deflate,
 * PackBits or JPEG; gray, colours, palettes and inks of 8 bits, and of 16 where they are no
 * palette. Memory: the picture and one row; of tiles and of JPEG a row of segments.
 */
final class TiffReader implements PictureReader {
    private static final int ORIENTATION = 274;

    private final PictureBytes file;
    private final TiffLayout layout;

    TiffReader(PictureBytes file) throws IOException {
        this.file = file;
        layout = TiffLayout.of(file);
    }

    @Override
    public PictureNeed need() {
        long outside = isJpeg() ? TiffJpeg.outsideBytes(layout) : 0;
        long work = bandBytes() + segmentBytes();
        return new PictureNeed(layout.width(), layout.height(), work, outside);
    }

    private boolean isJpeg() {
        return layout.packing() == TiffLayout.Packing.JPEG;
    }

    /** Of the samples that are held beside each other before they become pixels. */
    private long bandBytes() {
        if (isJpeg()) {
            return Picture.CHANNELS * (long) layout.width() * layout.segmentHeight();
        }
        long rows = layout.areTiles() ? layout.segmentHeight() : 1;
        return layout.rowBytes() * layout.across() * rows;
    }

    private long segmentBytes() {
        return isJpeg() ? TiffJpeg.bytes(layout) : 0;
    }

    @Override
    public Picture read(PictureNeed need) throws IOException {
        PixelRows rows = new PixelRows(need);
        if (isJpeg()) {
            readJpeg(rows);
        } else {
            readSamples(rows);
        }
        int turned = (int) layout.directory().value(ORIENTATION, 1);
        return rows.picture(Orientation.ofTag(turned));
    }

    private void readSamples(PixelRows rows) throws IOException {
        int rowBytes = Math.toIntExact(layout.rowBytes());
        byte[] band = Pixels.allocate(bandBytes());
        long index = 0;
        for (int y = 0; y < layout.height(); y += layout.segmentHeight()) {
            try {
                if (layout.areTiles()) {
                    for (int tile = 0; tile < layout.across(); tile++) {
                        readTile(index++, band, tile * rowBytes);
                    }
                    for (int row = 0; row < layout.rows(y); row++) {
                        convert(band, row * layout.across() * rowBytes, rows, y + row);
                    }
                } else {
                    readStrip(index++, band, rows, y);
                }
            } catch (PictureException e) {
                throw at(y, e);
            }
        }
    }

    private PictureException at(int y, PictureException cause) {
        return new PictureException(
                "%s, at row %d of %d".formatted(cause.getMessage(), y, layout.height()), cause);
    }

    private void readStrip(long index, byte[] row, PixelRows rows, int y) throws IOException {
        try (TiffSegment segment = open(index)) {
            for (int line = 0; line < layout.rows(y); line++) {
                readRow(segment, row, 0);
                convert(row, 0, rows, y + line);
            }
        }
    }

    private void readTile(long index, byte[] band, int from) throws IOException {
        int stride = layout.across() * Math.toIntExact(layout.rowBytes());
        try (TiffSegment segment = open(index)) {
            for (int line = 0; line < layout.segmentHeight(); line++) {
                readRow(segment, band, from + line * stride);
            }
        }
    }

    private TiffSegment open(long index) throws IOException {
        return TiffSegment.of(layout.packing(), file, layout.segment(file, index));
    }

    private void readRow(TiffSegment segment, byte[] into, int from) throws IOException {
        segment.read(into, from, Math.toIntExact(layout.rowBytes()));
        if (layout.isPredicted()) {
            layout.colour().sum(into, from, layout.segmentWidth());
        }
    }

    /** A row of the page: the rows of its segments, each begins with a byte of its own. */
    private void convert(byte[] band, int from, PixelRows rows, int y) {
        int rowBytes = Math.toIntExact(layout.rowBytes());
        for (int tile = 0; tile < layout.across(); tile++) {
            int x = tile * layout.segmentWidth();
            int pixels = Math.min(layout.segmentWidth(), layout.width() - x);
            int at = rows.offset(y) + Picture.CHANNELS * x;
            layout.colour().convert(band, from + tile * rowBytes, pixels, rows.array(), at);
        }
        rows.done(y);
    }

    private void readJpeg(PixelRows rows) throws IOException {
        TiffJpeg jpeg = new TiffJpeg(file, layout);
        byte[] band = Pixels.allocate(bandBytes());
        int stride = Picture.CHANNELS * layout.width();
        long index = 0;
        for (int y = 0; y < layout.height(); y += layout.segmentHeight()) {
            try {
                for (int tile = 0; tile < layout.across(); tile++) {
                    byte[] rgb = jpeg.decode(layout.segment(file, index++));
                    lay(rgb, band, tile * layout.segmentWidth(), layout.rows(y));
                }
            } catch (PictureException e) {
                throw at(y, e);
            }
            for (int row = 0; row < layout.rows(y); row++) {
                int to = rows.offset(y + row);
                System.arraycopy(band, row * stride, rows.array(), to, stride);
                rows.done(y + row);
            }
        }
    }

    private void lay(byte[] rgb, byte[] band, int x, int rows) {
        int bytes = Picture.CHANNELS * Math.min(layout.segmentWidth(), layout.width() - x);
        for (int row = 0; row < rows; row++) {
            int from = Picture.CHANNELS * row * layout.segmentWidth();
            int to = Picture.CHANNELS * (row * layout.width() + x);
            System.arraycopy(rgb, from, band, to, bytes);
        }
    }
}
