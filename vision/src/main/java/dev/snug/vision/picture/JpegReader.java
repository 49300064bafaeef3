package dev.snug.vision.picture;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;

import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;

/**
 * A reader of JPEG files through the JDK's own decoder (libjpeg, native), which fills the bytes of
 * the {@link Picture} directly. The decoder is given a stream rebuilt from the {@link JpegOutline}:
 * one application segment that states the colours as libjpeg would take them, then tables, frame
 * and scans.
 */
final class JpegReader implements PictureReader {
    private static final byte[] JFIF = {
        (byte) 0xff, (byte) 0xe0, 0, 16, 'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0
    };

    /**
     * Pixels times scans; decoding walks the whole picture for each scan, about 5 ns a pixel, so
     * this is some 3 seconds. A 33-megapixel photo of 14 scans, more than the memory limit lets
     * through, is still below.
     */
    private static final long PIXELS_SCANNED = 600_000_000;

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
                    case YCC, RGB -> 0;
                    case GRAY -> 1;
                    case CMYK, YCCK -> 4;
                };
        return new PictureNeed(
                outline.width(),
                outline.height(),
                pixels() * (samples + Picture.CHANNELS),
                outline.isBuffered() ? outline.coefficientBytes() : 0);
    }

    private long pixels() {
        return (long) outline.width() * outline.height();
    }

    @Override
    public Picture read() throws IOException {
        long pixels = pixels();
        if (pixels * outline.scans() > PIXELS_SCANNED) {
            throw new PictureTooLargeException(
                    "the picture is %d x %d in %d scans; the limit is %,d pixels over all scans. %s"
                            .formatted(
                                    outline.width(),
                                    outline.height(),
                                    outline.scans(),
                                    PIXELS_SCANNED,
                                    "Save it as a baseline JPEG"));
        }
        byte[] rgb = Pixels.allocate(Picture.CHANNELS * pixels);
        decode(rgb);
        return new Picture(outline.width(), outline.height(), rgb, outline.orientation());
    }

    private void decode(byte[] rgb) throws IOException {
        ImageReader reader = nativeReader();
        JpegDamage damage = new JpegDamage(outline);
        reader.addIIOReadWarningListener(damage);
        if (!outline.isBuffered()) {
            // With a listener the decoder would render each scan of a progressive picture.
            reader.addIIOReadUpdateListener(damage);
        }
        try (JpegStream stream = new JpegStream(file, head(), outline.pieces())) {
            reader.setInput(stream, true, true);
            switch (outline.colour()) {
                case YCC, RGB -> reader.read(0, into(rgb));
                case GRAY -> JpegInk.gray(samples(reader), rgb);
                case CMYK -> JpegInk.cmyk(samples(reader), rgb);
                case YCCK -> JpegInk.ycck(samples(reader), rgb);
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

    private byte[] head() {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        head.write(0xff);
        head.write(0xd8);
        head.writeBytes(
                switch (outline.colour()) {
                    case GRAY, YCC -> JFIF;
                    case RGB, CMYK, YCCK -> ADOBE;
                });
        return head.toByteArray();
    }

    private static byte[] samples(ImageReader reader) throws IOException {
        Raster raster = reader.readRaster(0, null);
        return ((DataBufferByte) raster.getDataBuffer()).getData();
    }

    /** Lets the decoder write R G B into our own array. */
    private ImageReadParam into(byte[] rgb) {
        int width = outline.width();
        WritableRaster raster =
                Raster.createInterleavedRaster(
                        new DataBufferByte(rgb, rgb.length),
                        width,
                        outline.height(),
                        3 * width,
                        3,
                        new int[] {0, 1, 2},
                        null);
        ColorModel model =
                new ComponentColorModel(
                        ColorSpace.getInstance(ColorSpace.CS_sRGB),
                        false,
                        false,
                        Transparency.OPAQUE,
                        DataBuffer.TYPE_BYTE);
        ImageReadParam param = new ImageReadParam();
        param.setDestination(new BufferedImage(model, raster, false, null));
        return param;
    }

    /** The JDK's own reader, whatever other plug-ins the class path holds. */
    private static ImageReader nativeReader() throws IOException {
        if (System.getProperty("java.awt.headless") == null) {
            System.setProperty("java.awt.headless", "true");
        }
        Iterator<ImageReaderSpi> readers =
                IIORegistry.getDefaultInstance()
                        .getServiceProviders(ImageReaderSpi.class, JpegReader::isNative, false);
        if (!readers.hasNext()) {
            throw new PictureException("this Java runtime has no JPEG decoder (java.desktop)");
        }
        return readers.next().createReaderInstance();
    }

    private static boolean isNative(Object spi) {
        return spi instanceof ImageReaderSpi reader
                && spi.getClass().getModule() == ImageReader.class.getModule()
                && Arrays.asList(reader.getFormatNames()).contains("JPEG");
    }
}
