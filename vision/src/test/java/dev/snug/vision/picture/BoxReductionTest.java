package dev.snug.vision.picture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

import javax.imageio.ImageIO;

/** Pictures for paper. Oracles: means done by hand, and the JDK's reader for the JPEG. */
class BoxReductionTest {
    private static byte[] pixels(Picture picture) {
        byte[] rgb = new byte[Picture.CHANNELS * picture.width() * picture.height()];
        picture.readRows(0, picture.height(), rgb);
        return rgb;
    }

    @Test
    void eachPixelIsTheMeanOfABoxAndTheLastBoxesAreSmaller() {
        byte[] rgb = new byte[3 * 5 * 3];
        for (int i = 0; i < 15; i++) {
            rgb[3 * i] = (byte) (10 * i);
            rgb[3 * i + 1] = (byte) 255;
        }
        Picture small = BoxReduction.of(new Picture(5, 3, rgb), 3);

        assertThat(small.width()).isEqualTo(3);
        assertThat(small.height()).isEqualTo(2);
        // Red of the first row is 0 10 20 30 40, of the second 50 to 90, of the third 100 to 140.
        assertThat(pixels(small))
                .containsExactly(
                        30, -1, 0, 50, -1, 0, 65, -1, 0, 105, -1, 0, 125, -1, 0, (byte) 140, -1, 0);
    }

    @Test
    void whatIsSmallEnoughStaysAsItIs() {
        byte[] rgb = {1, 2, 3, 4, 5, 6};

        assertThat(pixels(BoxReduction.of(new Picture(2, 1, rgb), 2))).containsExactly(rgb);
    }

    @Test
    void aTurnedPictureComesOutUpright() {
        byte[] rgb = {10, 0, 0, 20, 0, 0, 30, 0, 0, 40, 0, 0};
        Picture turned = new Picture(rgb, new Picture.Stored(4, 1, 1), Orientation.ofTag(6));

        Picture small = BoxReduction.of(turned, 2);

        assertThat(small.height()).isEqualTo(2);
        assertThat(pixels(small)).containsExactly(15, 0, 0, 35, 0, 0);
    }

    @Test
    void theJpegHoldsThePixelsAndNothingElse() throws IOException {
        byte[] rgb = new byte[3 * 64 * 48];
        java.util.Arrays.fill(rgb, (byte) 0x80);
        byte[] jpeg = JpegWriter.bytes(new Picture(64, 48, rgb));
        BufferedImage read = ImageIO.read(new ByteArrayInputStream(jpeg));

        assertThat(read.getWidth()).isEqualTo(64);
        assertThat(read.getHeight()).isEqualTo(48);
        assertThat(read.getRGB(10, 10) & 0xffffff).isEqualTo(0x808080);
        assertThat(new String(jpeg, StandardCharsets.ISO_8859_1))
                .contains("JFIF")
                .doesNotContain("Exif", "ICC_PROFILE", "http");
    }
}
