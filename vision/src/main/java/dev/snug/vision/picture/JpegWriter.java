package dev.snug.vision.picture;

import java.awt.Point;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

import javax.imageio.IIOImage;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Baseline JPEG (ITU-T T.81, JFIF) of pixels alone: no profile, no EXIF, no comment. By the JDK's
 * native encoder.
 */
public final class JpegWriter {
    /** 0 to 1; on paper no block shows at 240 pixels an inch. */
    private static final float QUALITY = 0.9f;

    private JpegWriter() {}

    /** The file's bytes; a turned picture is held twice while they are made. */
    public static byte[] bytes(Picture picture) {
        byte[] rgb = picture.rows();
        int stride = Picture.CHANNELS * picture.width();
        WritableRaster raster =
                Raster.createInterleavedRaster(
                        new DataBufferByte(rgb, rgb.length),
                        picture.width(),
                        picture.height(),
                        stride,
                        Picture.CHANNELS,
                        new int[] {0, 1, 2},
                        new Point());
        BufferedImage image = new BufferedImage(RowRaster.model(), raster, false, null);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            write(image, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException("memory that cannot be written", e);
        }
        return bytes.toByteArray();
    }

    private static void write(BufferedImage image, ByteArrayOutputStream bytes) throws IOException {
        ImageWriter writer = NativeJpeg.writer();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            param.setCompressionQuality(QUALITY);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), param);
        } finally {
            writer.dispose();
        }
    }
}
