package dev.snug.bench;

import dev.snug.vision.picture.Picture;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

import javax.imageio.ImageIO;

/**
 * A made-up photo: skin tones that drift over the picture, one dark spot, and sensor noise, R G B,
 * 8 bits. The same for the same size, and about as hard to compress as a photo of skin, which plain
 * or random pixels are not.
 */
public final class SyntheticPhoto {
    private static final long SEED = 254;
    private static final int[] SKIN = {214, 160, 136};
    private static final int[] SPOT = {96, 56, 44};

    /** Levels; a phone in room light. */
    private static final double NOISE = 3;

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
                double noise = NOISE * (random.nextFloat() + random.nextFloat() - 1);
                for (int channel = 0; channel < Picture.CHANNELS; channel++) {
                    double level = SKIN[channel] + spot * (SPOT[channel] - SKIN[channel]);
                    rgb[at++] = (byte) Math.clamp((long) (level * light + noise), 0, 255);
                }
            }
        }
        return new Picture(width, height, rgb);
    }

    /** Writes a picture as JPEG of ImageIO's default quality (0.75). */
    static void writeJpeg(Picture picture, Path file) throws IOException {
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
        if (!ImageIO.write(image, "jpeg", file.toFile())) {
            throw new IOException("this JDK writes no JPEG");
        }
    }
}
