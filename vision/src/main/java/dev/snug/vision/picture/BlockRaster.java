package dev.snug.vision.picture;

import java.awt.Point;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.WritableRaster;
import java.util.Arrays;

/**
 * A raster of R G B that keeps 16 rows: a decoder that sets pixels block by block, one row of 16 ×
 * 16 blocks after the other, fills them, and they go on to {@link PixelRows} when the next ones
 * begin. Nobody can read from it.
 */
final class BlockRaster extends WritableRaster {
    /** Rows of a block of VP8 (RFC 6386, section 2). */
    static final int ROWS = 16;

    private final PixelRows rows;
    private final WebpOutline outline;
    private final byte[] band;
    private int block;

    BlockRaster(PixelRows rows, WebpOutline outline) {
        super(
                new PixelInterleavedSampleModel(
                        DataBuffer.TYPE_BYTE,
                        outline.frameWidth(),
                        outline.frameHeight(),
                        Picture.CHANNELS,
                        Picture.CHANNELS * outline.frameWidth(),
                        new int[] {0, 1, 2}),
                new DataBufferByte(Picture.CHANNELS),
                new Point());
        this.rows = rows;
        this.outline = outline;
        band = new byte[Picture.CHANNELS * ROWS * outline.frameWidth()];
    }

    @Override
    public void setDataElements(int x, int y, Object pixel) {
        if (y / ROWS != block) {
            flush();
            block = y / ROWS;
        }
        byte[] rgb = (byte[]) pixel;
        int at = Picture.CHANNELS * (y % ROWS * getWidth() + x);
        band[at] = rgb[0];
        band[at + 1] = rgb[1];
        band[at + 2] = rgb[2];
    }

    /** Passes on the last rows; throws where some never came. */
    void finish() {
        if (block != (getHeight() - 1) / ROWS) {
            throw new PictureException("the file ends early, at about row " + block * ROWS);
        }
        flush();
    }

    private void flush() {
        int stride = Picture.CHANNELS * getWidth();
        int end = Math.min(getHeight(), (block + 1) * ROWS);
        for (int y = block * ROWS; y < end; y++) {
            int to = outline.top() + y;
            int at = rows.offset(to);
            if (getWidth() < rows.width()) {
                Arrays.fill(rows.array(), at, at + Picture.CHANNELS * rows.width(), (byte) 255);
            }
            at += Picture.CHANNELS * outline.left();
            System.arraycopy(band, y % ROWS * stride, rows.array(), at, stride);
            rows.done(to);
        }
    }
}
