package dev.snug.vision.picture;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

/**
 * Strips and tiles of a TIFF that are JPEG files of their own, with tables that all of them share
 * (Adobe Photoshop TIFF Technical Notes, 2002, "New TIFF compression schemes"). Each is decoded as
 * a whole by the JDK's decoder.
 */
final class TiffJpeg {
    private static final int TABLES = 347;

    /** Bytes; two sets of tables of all kinds take below 2000. */
    private static final int TABLES_BYTES = 1 << 16;

    private final PictureBytes file;
    private final TiffLayout layout;
    private final byte[] head;
    private long scanned;

    TiffJpeg(PictureBytes file, TiffLayout layout) throws IOException {
        this.file = file;
        this.layout = layout;
        ByteArrayOutputStream start = new ByteArrayOutputStream();
        start.writeBytes(JpegReader.head(layout.colour().kind() == TiffColour.Kind.RGB));
        Piece tables = layout.directory().bytes(TABLES);
        if (tables.bytes() > TABLES_BYTES) {
            throw new PictureException(
                    "damaged: JPEG tables of %,d bytes".formatted(tables.bytes()));
        }
        if (tables.bytes() > 4) {
            // Without the marks of start and end.
            start.writeBytes(file.bytes(tables.at() + 2, (int) tables.bytes() - 4));
        }
        head = start.toByteArray();
    }

    /** Java arrays of one segment. */
    static long bytes(TiffLayout layout) {
        return (long) Picture.CHANNELS * layout.segmentWidth() * layout.segmentHeight();
    }

    /** What the coefficients of a segment take outside the Java heap, at most. */
    static long outsideBytes(TiffLayout layout) {
        return 2 * bytes(layout);
    }

    /** R G B of a segment, {@link TiffLayout#segmentWidth} pixels in a row. */
    byte[] decode(Piece segment) throws IOException {
        JpegOutline outline = JpegOutline.of(file, segment.at());
        if (outline.width() > layout.segmentWidth() || outline.height() > layout.segmentHeight()) {
            throw new PictureException("damaged: a part is larger than it may be");
        }
        scanned += outline.pixelsScanned();
        if (scanned > JpegReader.PIXELS_SCANNED) {
            throw new PictureTooLargeException(
                    "its parts take %,d pixels over all scans; the limit is %,d. Save it anew"
                            .formatted(scanned, JpegReader.PIXELS_SCANNED));
        }
        byte[] rgb = Pixels.allocate(bytes(layout));
        JpegDamage damage = new JpegDamage(outline);
        ImageReader reader = NativeJpeg.reader();
        reader.addIIOReadWarningListener(damage);
        try (PieceStream stream = new PieceStream(file, head, outline.pieces())) {
            reader.setInput(stream, true, true);
            reader.read(0, into(rgb));
        } catch (PictureException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new PictureException("damaged: the JPEG decoder says: " + e.getMessage(), e);
        } finally {
            reader.dispose();
        }
        damage.check();
        return rgb;
    }

    private ImageReadParam into(byte[] rgb) {
        int stride = Picture.CHANNELS * layout.segmentWidth();
        WritableRaster raster =
                Raster.createInterleavedRaster(
                        new DataBufferByte(rgb, rgb.length),
                        layout.segmentWidth(),
                        layout.segmentHeight(),
                        stride,
                        Picture.CHANNELS,
                        new int[] {0, 1, 2},
                        null);
        ImageReadParam param = new ImageReadParam();
        param.setDestination(new BufferedImage(RowRaster.model(), raster, false, null));
        return param;
    }
}
