package dev.snug.vision.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.vision.Npy;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.stream.Stream;

/**
 * The oracles are Pillow 13.0.0's LANCZOS, to be met level for level, and TensorFlow 2.21.0's
 * bilinear without antialiasing, both recorded by {@code make_pictures.py}.
 */
class ResamplerTest {
    /** float32 rounding of values up to 255 in another order of additions. */
    private static final double BILINEAR_TOLERANCE = 1e-3;

    static Stream<Golden.Resized> lanczos() {
        return Golden.resized("lanczos");
    }

    static Stream<Golden.Resized> bilinear() {
        return Golden.resized("bilinear");
    }

    @ParameterizedTest
    @MethodSource("lanczos")
    void lanczosEqualsPillow(Golden.Resized golden) {
        Picture picture = Golden.decode(Golden.picture(golden.picture()));
        float[] found = Resampler.lanczos().resize(picture, golden.width(), golden.height());
        assertThat(found).isEqualTo(Golden.npy(golden.expected()).floats());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void lanczosEqualsPillowOnThePicturesOfTheKerasModels(int index) {
        String folder = "/golden/keras-vision/";
        Picture picture = Golden.decode(Golden.file(folder + "picture_" + index + ".png"));
        Npy expected = Npy.resource(folder + "input_96_" + index + ".npy");
        float[] found = Resampler.lanczos().resize(picture, 96, 96);
        assertThat(found).isEqualTo(expected.floats());
    }

    @ParameterizedTest
    @MethodSource("bilinear")
    void bilinearEqualsTensorFlow(Golden.Resized golden) {
        Picture picture = Golden.decode(Golden.picture(golden.picture()));
        float[] found = Resampler.bilinear().resize(picture, golden.width(), golden.height());
        assertThat(found)
                .usingComparatorWithPrecision((float) BILINEAR_TOLERANCE)
                .containsExactly(Golden.npy(golden.expected()).floats());
    }

    @Test
    void aTurnedPictureResamplesAsItsUprightPixels() {
        Picture turned = Golden.decode(Golden.picture("decode_exif_6.jpg"));
        Picture upright = new Picture(turned.width(), turned.height(), Golden.pixels(turned));
        assertThat(Resampler.lanczos().resize(turned, 20, 20))
                .isEqualTo(Resampler.lanczos().resize(upright, 20, 20));
    }

    @Test
    void aPlainPictureStaysPlain() {
        byte[] rgb = new byte[3 * 70 * 50];
        Arrays.fill(rgb, (byte) 200);
        Picture picture = new Picture(70, 50, rgb);
        for (float level : Resampler.lanczos().resize(picture, 30, 90)) {
            assertThat(level).isEqualTo(200f, Offset.offset(0f));
        }
    }

    @Test
    void refusesSizesOutOfRange() {
        Picture picture = new Picture(1, 1, new byte[3]);
        assertThatThrownBy(() -> Resampler.lanczos().resize(picture, 0, 5))
                .hasMessageContaining("0 x 5 is out of range 1 to 2048");
        assertThatThrownBy(() -> Resampler.bilinear().resize(picture, 5, 100_000))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
