package dev.snug.bench;

import dev.snug.vision.picture.Picture;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/**
 * A made-up photo: skin tones that drift over the picture, one dark spot, a texture of pores and
 * sensor noise, R G B, 8 bits; the same for the same size. Texture and noise are there for the
 * coders' sake: 12 megapixels take 2.6 MB as JPEG, as a phone's photo does; without them 0.2.
 */
public final class SyntheticPhoto {
    private static final long SEED = 254;
    private static final int[] SKIN = {214, 160, 136};
    private static final int[] SPOT = {96, 56, 44};

    /** Levels of the sensor's noise, triangular; a phone in room light. */
    private static final double NOISE = 10;

    /** Levels of the pores' shading, and their size in pixels at 12 megapixels. */
    private static final double TEXTURE = 9;

    private static final double PORE_PIXELS = 5;

    /** A phone's usual JPEG quality, 0 to 1. */
    private static final float QUALITY = 0.9f;

    private SyntheticPhoto() {}

    /** The photo of a size in pixels. */
    public static Picture of(int width, int height) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
        byte[] rgb = new byte[Math.multiplyExact(Picture.CHANNELS * width, height)];
        for (int y = 0, at = 0; y < height; y++) {
            double down = (double) y / height;
            for (int x = 0; x < width; x++) {
                double across = (double) x / width;
                double distance = Math.hypot(across - 0.55, (down - 0.45) * height / width);
                double spot = 1 / (1 + Math.exp((distance - 0.12) * 60));
                double light = 1 + 0.12 * Math.sin(5 * across) * Math.cos(3 * down);
                double pores =
                        Math.sin(x / PORE_PIXELS + 3 * Math.sin(y / (7 * PORE_PIXELS)))
                                * Math.sin(y / PORE_PIXELS + 3 * Math.sin(x / (9 * PORE_PIXELS)));
                double noise = NOISE * (random.nextFloat() + random.nextFloat() - 1);
                double detail = TEXTURE * pores + noise;
                for (int channel = 0; channel < Picture.CHANNELS; channel++) {
                    double level = SKIN[channel] + spot * (SPOT[channel] - SKIN[channel]);
                    rgb[at++] = (byte) Math.clamp((long) (level * light + detail), 0, 255);
                }
            }
        }
        return new Picture(width, height, rgb);
    }

    /** Writes a picture as JPEG. */
    public static void writeJpeg(Picture picture, Path file) throws IOException {
        BufferedImage image = image(picture);
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam settings = writer.getDefaultWriteParam();
        settings.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        settings.setCompressionQuality(QUALITY);
        Files.deleteIfExists(file);
        try (ImageOutputStream out = ImageIO.createImageOutputStream(file.toFile())) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), settings);
        } finally {
            writer.dispose();
        }
    }

    /** Writes a picture as PNG, every level as it is. */
    public static void writePng(Picture picture, Path file) throws IOException {
        if (!ImageIO.write(image(picture), "png", file.toFile())) {
            throw new IOException("the JDK writes no PNG");
        }
    }

    private static BufferedImage image(Picture picture) {
        int width = picture.width();
        int height = picture.height();
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        byte[] row = new byte[Picture.CHANNELS * width];
        for (int y = 0; y < height; y++) {
            picture.readRows(y, 1, row);
            for (int x = 0; x < width; x++) {
                int at = Picture.CHANNELS * x;
                int red = row[at] & 0xff;
                int green = row[at + 1] & 0xff;
                int blue = row[at + 2] & 0xff;
                image.setRGB(x, y, (red << 16) | (green << 8) | blue);
            }
        }
        return image;
    }
}
