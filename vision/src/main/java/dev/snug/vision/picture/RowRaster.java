package dev.snug.vision.picture;

import java.awt.Point;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;

/**
 * A raster of R G B that keeps nothing: each row that a decoder of {@code javax.imageio} puts into
 * it goes on to {@link PixelRows} at once, so that no second picture exists. It has the sizes of
 * the picture and the memory of one pixel; nobody can read from it.
 */
final class RowRaster extends WritableRaster {
    private final PixelRows rows;

    RowRaster(PixelRows rows) {
        super(
                new PixelInterleavedSampleModel(
                        DataBuffer.TYPE_BYTE,
                        rows.width(),
                        rows.height(),
                        Picture.CHANNELS,
                        Picture.CHANNELS * rows.width(),
                        new int[] {0, 1, 2}),
                new DataBufferByte(Picture.CHANNELS),
                new Point());
        this.rows = rows;
    }

    /** What a decoder takes as its destination. */
    BufferedImage image() {
        return new BufferedImage(model(), this, false, null);
    }

    /** Bytes of R G B. */
    static ColorModel model() {
        return new ComponentColorModel(
                ColorSpace.getInstance(ColorSpace.CS_sRGB),
                false,
                false,
                Transparency.OPAQUE,
                DataBuffer.TYPE_BYTE);
    }

    /** Takes one whole row, R G B in each pixel. */
    @Override
    public void setRect(int x, int y, Raster source) {
        byte[] line = ((DataBufferByte) source.getDataBuffer()).getData();
        if (x != 0 || source.getHeight() != 1 || line.length != Picture.CHANNELS * rows.width()) {
            throw new IllegalArgumentException("rows come whole and one by one");
        }
        System.arraycopy(line, 0, rows.array(), rows.offset(y), line.length);
        rows.done(y);
    }
}
