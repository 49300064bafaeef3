package dev.snug.vision.picture;

import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

/**
 * A reader of JPEG files through the JDK's own decoder (libjpeg, native), whose rows go to {@link
 * PixelRows} one by one. The decoder is given a stream rebuilt from the {@link JpegOutline}: one
 * application segment that states the colours as libjpeg would take them, then tables, frame and
 * scans.
 */
final class JpegReader implements PictureReader {
    private static final byte[] JFIF = {
        (byte) 0xff, (byte) 0xe0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0
    };

    /** Samples of a pixel of inks. */
    private static final int INKS = 4;

    /**
     * Pixels times scans; decoding walks the whole picture for each scan, about 5 ns a pixel, so
     * this is some 3 seconds. A 33-megapixel photo of 14 scans, more than the memory limit lets
     * through, is still below.
     */
    static final long PIXELS_SCANNED = 600_000_000;

    /** Transform 0: the samples are what they are, R G B or four inks. */
    private static final byte[] ADOBE = {
        (byte) 0xff, (byte) 0xee, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0, 0
    };

    private final PictureBytes file;
    private final JpegOutline outline;

    JpegReader(PictureBytes file) throws IOException {
        this.file = file;
        outline = JpegOutline.of(file);
    }

    @Override
    public PictureNeed need() {
        int samples =
                switch (outline.colour()) {
                    case GRAY, YCC, RGB -> 0;
                    case CMYK, YCCK -> INKS;
                };
        return new PictureNeed(
                outline.width(),
                outline.height(),
                pixels() * samples,
                outline.isBuffered() ? outline.coefficientBytes() : 0);
    }

    private long pixels() {
        return (long) outline.width() * outline.height();
    }

    @Override
    public Picture read(PictureNeed need) throws IOException {
        if (outline.pixelsScanned() > PIXELS_SCANNED) {
            throw new PictureTooLargeException(
                    "the picture is %d x %d in %d scans; the limit is %,d pixels over all scans. %s"
                            .formatted(
                                    outline.width(),
                                    outline.height(),
                                    outline.scans(),
                                    PIXELS_SCANNED,
                                    "Save it as a baseline JPEG"));
        }
        PixelRows rows = new PixelRows(need);
        decode(rows);
        return rows.picture(outline.orientation());
    }

    private void decode(PixelRows rows) throws IOException {
        ImageReader reader = NativeJpeg.reader();
        JpegDamage damage = new JpegDamage(outline);
        reader.addIIOReadWarningListener(damage);
        if (!outline.isBuffered()) {
            // With a listener the decoder would render each scan of a progressive picture.
            reader.addIIOReadUpdateListener(damage);
        }
        try (PieceStream stream = new PieceStream(file, head(isPlain()), outline.pieces())) {
            reader.setInput(stream, true, true);
            switch (outline.colour()) {
                case GRAY, YCC, RGB -> reader.read(0, into(rows));
                case CMYK -> mix(reader.readRaster(0, null), JpegInk::cmyk, rows);
                case YCCK -> mix(reader.readRaster(0, null), JpegInk::ycck, rows);
            }
        } catch (PictureException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw new PictureException("damaged: the JPEG decoder says: " + e.getMessage(), e);
        } finally {
            reader.dispose();
        }
        damage.check();
    }

    private boolean isPlain() {
        return switch (outline.colour()) {
            case GRAY, YCC -> false;
            case RGB, CMYK, YCCK -> true;
        };
    }

    /** The start of a JPEG file whose samples are what they are, or gray or Y Cb Cr. */
    static byte[] head(boolean isPlain) {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        head.write(0xff);
        head.write(0xd8);
        head.writeBytes(isPlain ? ADOBE : JFIF);
        return head.toByteArray();
    }

    /** Gray becomes R G B in the decoder. */
    private static ImageReadParam into(PixelRows rows) {
        ImageReadParam param = new ImageReadParam();
        param.setDestination(new RowRaster(rows).image());
        return param;
    }

    /** The decoder gives inks as they are stored, all of them at once. */
    private static void mix(Raster raster, JpegInk ink, PixelRows rows) {
        byte[] samples = ((DataBufferByte) raster.getDataBuffer()).getData();
        for (int y = 0; y < rows.height(); y++) {
            int from = INKS * rows.width() * y;
            ink.mix(samples, from, rows.array(), rows.offset(y), rows.width());
            rows.done(y);
        }
    }
}
