package dev.snug.vision.picture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;

import javax.imageio.ImageIO;

/** The oracle is {@link Overlay}: a layer over its picture is what that writes. */
final class HeatMapLayerTest {
    private static final int WIDTH = 60;
    private static final int HEIGHT = 45;

    @ParameterizedTest
    @EnumSource(ColorMap.class)
    void aLayerOverItsPictureIsTheOverlay(ColorMap colours) throws IOException {
        byte[] rgb = new byte[3 * WIDTH * HEIGHT];
        new Random(1).nextBytes(rgb);
        Picture picture = new Picture(WIDTH, HEIGHT, rgb);
        float[] heat = new float[12];
        for (int i = 0; i < heat.length; i++) {
            heat[i] = i / 11f;
        }
        ByteArrayOutputStream overlay = new ByteArrayOutputStream();
        new Overlay(picture, heat, 3, 4, colours).writePng(overlay);
        ByteArrayOutputStream layer = new ByteArrayOutputStream();
        new HeatMapLayer(heat, 3, 4, colours).writePng(layer, WIDTH, HEIGHT);
        BufferedImage expected = image(overlay);
        BufferedImage seen = image(layer);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                requireSame(expected.getRGB(x, y), over(rgb, x, y, seen.getRGB(x, y)));
            }
        }
    }

    private static BufferedImage image(ByteArrayOutputStream png) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(png.toByteArray()));
    }

    private static int[] over(byte[] rgb, int x, int y, int argb) {
        int opacity = argb >>> 24;
        int[] mixed = new int[3];
        for (int channel = 0; channel < 3; channel++) {
            int below = rgb[3 * (y * WIDTH + x) + channel] & 0xff;
            int above = argb >> (16 - 8 * channel) & 0xff;
            mixed[channel] = (below * (255 - opacity) + above * opacity + 127) / 255;
        }
        return mixed;
    }

    private static void requireSame(int expected, int[] seen) {
        for (int channel = 0; channel < 3; channel++) {
            assertThat(seen[channel])
                    .isBetween(
                            (expected >> (16 - 8 * channel) & 0xff) - 2,
                            (expected >> (16 - 8 * channel) & 0xff) + 2);
        }
    }

    @ParameterizedTest
    @EnumSource(ColorMap.class)
    void aLargePictureGetsASmallLayerOfItsProportions(ColorMap colours) throws IOException {
        ByteArrayOutputStream layer = new ByteArrayOutputStream();
        new HeatMapLayer(new float[4], 2, 2, colours).writePng(layer, 4032, 3024);
        BufferedImage seen = image(layer);
        assertThat(seen.getWidth()).isEqualTo(384);
        assertThat(seen.getHeight()).isEqualTo(288);
        assertThat(layer.size()).isLessThan(8_000);
    }
}
