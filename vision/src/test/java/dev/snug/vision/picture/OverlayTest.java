package dev.snug.vision.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.vision.Npy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

import javax.imageio.ImageIO;

/**
 * Oracles: matplotlib's tables for the colours, the JDK's PNG reader for the files written, and
 * blending done by hand for single pixels.
 */
class OverlayTest {
    @ParameterizedTest
    @EnumSource(ColorMap.class)
    void colourMapsEqualMatplotlib(ColorMap map) {
        String name = map.name().toLowerCase(Locale.ROOT);
        Npy expected = Npy.resource("/golden/colormaps/" + name + ".npy");
        int[] table = map.table();
        assertThat(table).hasSize(256);
        for (int i = 0; i < 3 * table.length; i++) {
            int level = table[i / 3] >> (16 - 8 * (i % 3)) & 0xff;
            assertThat((double) level)
                    .as("value %d, channel %d", i / 3, i % 3)
                    .isBetween(expected.values()[i] - 1, expected.values()[i] + 1);
        }
    }

    @Test
    void aMapOfZerosLeavesThePictureAsItIsUnderViridis() throws IOException {
        Picture picture = noise(40, 30, 7);
        byte[] seen = overlay(picture, new float[9], 3, 3, ColorMap.VIRIDIS);
        assertThat(seen).isEqualTo(Golden.pixels(picture));
    }

    @Test
    void jetCoversEveryPixelByTwoFifths() throws IOException {
        Picture black = new Picture(5, 4, new byte[60]);
        byte[] seen = overlay(black, new float[4], 2, 2, ColorMap.JET);
        // Jet begins at (0, 0, 127.5): 0.4 of it over black.
        assertThat(seen[0]).isZero();
        assertThat(seen[2]).isBetween((byte) 50, (byte) 52);
    }

    @Test
    void theMapIsStretchedWithHalfPixelCentresAndClampedEdges() throws IOException {
        Picture black = new Picture(4, 1, new byte[12]);
        byte[] seen = overlay(black, new float[] {0, 1}, 1, 2, ColorMap.VIRIDIS);
        // Values 0, 0.25, 0.75, 1; viridis is 440154, 3b528b, 5ec962, fde725 there.
        int[] red = {0, 0x3b * 15 / 100, 0x5e * 45 / 100, 0xfd * 60 / 100};
        for (int x = 0; x < 4; x++) {
            assertThat(seen[3 * x] & 0xff).as("pixel " + x).isBetween(red[x] - 1, red[x] + 1);
        }
    }

    @Test
    void aTurnedPictureIsWrittenUpright() throws IOException {
        Picture turned = Golden.decode(Golden.picture("decode_png_exif_6.png"));
        byte[] seen = overlay(turned, new float[1], 1, 1, ColorMap.VIRIDIS);
        assertThat(seen).isEqualTo(Golden.pixels(turned));
    }

    @Test
    void theFileHoldsNothingButHeaderPixelsAndEnd() throws IOException {
        Picture picture = Golden.decode(Golden.picture("decode_exif_3.jpg"));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Overlay(picture, new float[1], 1, 1, ColorMap.JET).writePng(out);
        String text = out.toString(StandardCharsets.ISO_8859_1);
        assertThat(text).contains("IHDR", "IDAT", "IEND").doesNotContain("eXIf", "tEXt", "iTXt");
    }

    @Test
    void rowsOfManyBlocksComeBackUnchanged() throws IOException {
        Picture picture = noise(700, 300, 3);
        assertThat(overlay(picture, new float[1], 1, 1, ColorMap.VIRIDIS))
                .isEqualTo(Golden.pixels(picture));
    }

    @Test
    void refusesMapsWithoutValuesOrWithOtherSizes() {
        Picture picture = new Picture(1, 1, new byte[3]);
        assertThatThrownBy(() -> new Overlay(picture, new float[0], 0, 0, ColorMap.JET))
                .hasMessageContaining("0 x 0");
        assertThatThrownBy(() -> new Overlay(picture, new float[3], 2, 2, ColorMap.JET))
                .hasMessageContaining("2 x 2 has 3 values");
    }

    private static Picture noise(int width, int height, long seed) {
        byte[] rgb = new byte[3 * width * height];
        new Random(seed).nextBytes(rgb);
        return new Picture(width, height, rgb);
    }

    /** The overlay's pixels as the JDK's own PNG reader sees them. */
    private static byte[] overlay(
            Picture picture, float[] heat, int rows, int columns, ColorMap map) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Overlay(picture, heat, rows, columns, map).writePng(out);
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(out.toByteArray()));
        int[] levels =
                image.getRaster()
                        .getPixels(0, 0, image.getWidth(), image.getHeight(), (int[]) null);
        byte[] rgb = new byte[levels.length];
        Arrays.setAll(levels, i -> rgb[i] = (byte) levels[i]);
        return rgb;
    }
}
