package dev.snug.vision.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.snug.vision.picture.PhotoFinding.Concern;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * What speaks against a photo. Oracles: the ten colours that the Monk Skin Tone Scale (2022)
 * publishes, drawn skin that a model of skin was checked with, and figures worked out by hand. No
 * photo of a patient is among them.
 */
final class PhotoCheckTest {
    private static final int SIDE = 254;

    private static List<Concern> concerns(Picture picture) {
        return PhotoCheck.of(picture, SIDE).stream().map(PhotoFinding::concern).toList();
    }

    private static Picture drawn(String name) {
        return Golden.decode(Golden.file("/golden/sklesion/" + name + ".png"));
    }

    /** A flat colour with the grain of a sensor, so that it is not blurred. */
    private static Picture grainy(int width, int height, int colour, double grain) {
        Random random = new Random(8);
        byte[] rgb = new byte[Picture.CHANNELS * width * height];
        for (int i = 0; i < rgb.length; i += Picture.CHANNELS) {
            double light = grain * random.nextGaussian();
            for (int channel = 0; channel < Picture.CHANNELS; channel++) {
                int level = colour >> (16 - 8 * channel) & 0xff;
                rgb[i + channel] = (byte) Math.clamp(Math.round(level + light), 0, 255);
            }
        }
        return new Picture(width, height, rgb);
    }

    private static Picture turned(Picture picture, Orientation orientation) {
        byte[] rgb = Golden.pixels(picture);
        return new Picture(
                rgb, new Picture.Stored(picture.width(), picture.height(), 1), orientation);
    }

    private static Picture blurred(Picture picture, int radius) {
        byte[] rgb = Golden.pixels(picture);
        for (int pass = 0; pass < 3; pass++) {
            rgb = boxed(rgb, picture.width(), picture.height(), radius, true);
            rgb = boxed(rgb, picture.width(), picture.height(), radius, false);
        }
        return new Picture(picture.width(), picture.height(), rgb);
    }

    private static byte[] boxed(byte[] rgb, int width, int height, int radius, boolean across) {
        byte[] result = new byte[rgb.length];
        for (int i = 0; i < rgb.length; i++) {
            int channel = i % 3;
            int x = i / 3 % width;
            int y = i / 3 / width;
            int sum = 0;
            for (int d = -radius; d <= radius; d++) {
                int nearX = across ? Math.clamp(x + d, 0, width - 1) : x;
                int nearY = across ? y : Math.clamp(y + d, 0, height - 1);
                sum += rgb[3 * (nearY * width + nearX) + channel] & 0xff;
            }
            result[i] = (byte) Math.round(sum / (2.0 * radius + 1));
        }
        return result;
    }

    private static Picture darkened(Picture picture, double share) {
        byte[] rgb = Golden.pixels(picture);
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) Math.round((rgb[i] & 0xff) * share);
        }
        return new Picture(picture.width(), picture.height(), rgb);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dark_mole",
                "irregular",
                "large_600x450",
                "pearly",
                "red_spot",
                "scaly",
                "several_small"
            })
    void nothingSpeaksAgainstDrawnSkinUntilItIsBlurredOrDark(String name) {
        Picture picture = drawn(name);

        assertThat(concerns(picture)).isEmpty();
        int radius = Math.max(picture.width(), picture.height()) / 100;
        assertThat(concerns(blurred(picture, radius))).containsExactly(Concern.BLURRED);
        assertThat(concerns(darkened(picture, 0.1))).containsExactly(Concern.TOO_DARK);
    }

    @ParameterizedTest
    @CsvSource({
        "1, f6ede4",
        "2, f3e7db",
        "3, f7ead0",
        "4, eadaba",
        "5, d7bd96",
        "6, a07e56",
        "7, 825c43",
        "8, 604134",
        "9, 3a312a",
        "10, 292420"
    })
    void everyToneOfTheMonkScaleIsSkinAndBrightEnough(int tone, String colour) {
        Picture picture = grainy(600, 450, Integer.parseInt(colour, 16), 1.5);

        assertThat(concerns(picture)).as("tone %d", tone).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"ffffff", "808080", "3f7f2f", "87ceeb", "1e90ff", "ffff00", "800080", "ff0000"})
    void paperGreyLeavesSkyAndPaintAreNoSkin(String colour) {
        Picture picture = grainy(400, 300, Integer.parseInt(colour, 16), 6);

        assertThat(concerns(picture)).containsExactly(Concern.NOT_SKIN);
    }

    @Test
    void aDermatoscopesBlackFrameIsNotDarkness() {
        Picture skin = drawn("large_600x450");
        byte[] rgb = Golden.pixels(skin);
        for (int i = 0; i < rgb.length; i++) {
            int pixel = i / 3;
            int x = pixel % 600;
            int y = pixel / 600;
            if (Math.hypot(x - 300, y - 225) > 200) {
                rgb[i] = 0;
            }
        }

        assertThat(concerns(new Picture(600, 450, rgb))).isEmpty();
    }

    @Test
    void aBlackPictureIsDarkAndNothingElse() {
        Picture black = new Picture(300, 300, new byte[300 * 300 * 3]);

        assertThat(PhotoCheck.of(black, SIDE))
                .containsExactly(new PhotoFinding(Concern.TOO_DARK, 1, 0.9));
    }

    @Test
    void aPictureIsTooSmallBelowTheModelsSideAndNotAtIt() {
        assertThat(PhotoCheck.of(drawn("pearly"), 254)).isEmpty();
        assertThat(PhotoCheck.of(drawn("pearly"), 255))
                .containsExactly(new PhotoFinding(Concern.TOO_SMALL, 254, 255));
    }

    @Test
    void theFiguresAreThoseOfThePicture() {
        // Columns of 100 and 102 by turns: each edge is ±4, the mean luma 101.
        byte[] rgb = new byte[100 * 100 * 3];
        for (int i = 0; i < rgb.length; i++) {
            rgb[i] = (byte) (i / 3 % 2 == 0 ? 100 : 102);
        }
        byte[] flat = rgb.clone();
        Arrays.fill(flat, (byte) 100);

        assertThat(PhotoCheck.of(new Picture(100, 100, rgb), 1))
                .containsExactly(new PhotoFinding(Concern.NOT_SKIN, 0, 0.15));
        assertThat(4 / 101.0).as("and so it is sharp").isGreaterThan(PhotoCheck.SHARPNESS_LEAST);
        assertThat(PhotoCheck.of(new Picture(100, 100, flat), 1).getFirst().measured())
                .isCloseTo(0, within(1e-9));
    }

    @ParameterizedTest
    @EnumSource(Orientation.class)
    void aTurnedPhotoHasTheSameFindings(Orientation orientation) {
        Picture blurred = blurred(drawn("irregular"), 3);
        PhotoFinding upright = PhotoCheck.of(blurred, 1).getFirst();
        PhotoFinding found = PhotoCheck.of(turned(blurred, orientation), 1).getFirst();

        assertThat(found.concern()).isEqualTo(Concern.BLURRED);
        assertThat(found.measured()).isCloseTo(upright.measured(), within(1e-9));
    }

    @Test
    void aLargePhotoIsJudgedAsItsSmallCopy() {
        assertThat(concerns(grainy(2600, 1950, 0xa07e56, 12))).isEmpty();
        assertThat(concerns(grainy(2600, 1950, 0x3f7f2f, 12))).containsExactly(Concern.NOT_SKIN);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 65535", "65535, 1", "2, 3", "513, 1", "1025, 3"})
    void anyShapeIsLookedAt(int width, int height) {
        assertThat(concerns(grainy(width, height, 0xa07e56, 3))).contains(Concern.TOO_SMALL);
    }
}
