package dev.snug.vision.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.awt.image.BufferedImage;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

import javax.imageio.ImageIO;

/**
 * Pictures decoded reduced. The oracle is the same file decoded whole: its boxes averaged here, and
 * resampled to a model's input by the same resampler.
 */
class ReducedPictureTest {
    private static final Reducing NEAR = new Reducing(100, true);

    @TempDir Path folder;

    private static Picture reduced(Path file, Reducing reducing) {
        return PictureDecoder.within(PictureLimits.DEFAULT.withReducing(reducing)).decode(file);
    }

    @ParameterizedTest
    @CsvSource({
        "2400, 1800, 75, 8",
        "2400, 1799, 75, 4",
        "2400, 1800, 100, 4",
        "600, 8000, 100, 2",
        "599, 8000, 100, 1",
        "100, 100, 0, 1"
    })
    void theFactorLeavesThreeTimesTheInputOnBothSides(int width, int height, int side, int factor) {
        PictureNeed need = new PictureNeed(width, height, 0, 0);
        assertThat(new Reducing(side, true).factor(need)).isEqualTo(factor);
    }

    /** Every golden file whose rows come in order, at 2, 4 and 8. */
    @ParameterizedTest
    @MethodSource("dev.snug.vision.picture.Golden#decoded")
    void aReducedPictureIsTheMeanOfItsBoxes(Golden.Decoded golden) {
        Path file = Golden.picture(golden.file());
        Picture whole = Golden.decode(file);
        PictureNeed need = PictureDecoder.within(PictureLimits.DEFAULT).need(file);
        for (int side = 1; side <= 4; side *= 2) {
            Picture small = reduced(file, new Reducing(side, true));
            int factor = new Reducing(side, true).factor(need);
            if (factor == 1) {
                assertThat(small.reduction()).isEmpty();
                assertThat(Golden.pixels(small)).isEqualTo(Golden.pixels(whole));
            } else {
                assertThat(small.reduction())
                        .hasValue(
                                new Reduction(
                                        factor,
                                        small.width(),
                                        small.height(),
                                        whole.width(),
                                        whole.height()));
                assertThat(Golden.pixels(small)).isEqualTo(boxes(whole, small, factor));
            }
        }
    }

    /** Means of boxes that begin where the stored picture begins, be it turned or mirrored. */
    private static byte[] boxes(Picture whole, Picture small, int factor) {
        byte[] pixels = Golden.pixels(whole);
        int left = (int) Math.round(small.across().start() * factor);
        int top = (int) Math.round(small.down().start() * factor);
        byte[] means = new byte[3 * small.width() * small.height()];
        for (int y = 0; y < small.height(); y++) {
            for (int x = 0; x < small.width(); x++) {
                for (int channel = 0; channel < 3; channel++) {
                    long sum = 0;
                    int count = 0;
                    for (int v = y * factor - top; v < (y + 1) * factor - top; v++) {
                        for (int u = x * factor - left; u < (x + 1) * factor - left; u++) {
                            if (u >= 0 && v >= 0 && u < whole.width() && v < whole.height()) {
                                sum += pixels[3 * (v * whole.width() + u) + channel] & 0xff;
                                count++;
                            }
                        }
                    }
                    int at = 3 * (y * small.width() + x) + channel;
                    means[at] = (byte) ((sum + count / 2) / count);
                }
            }
        }
        return means;
    }

    @ParameterizedTest
    @CsvSource({"jpg, 1203, 907", "png, 1203, 907", "jpg, 907, 1210", "png, 2401, 1811"})
    void aPhotoIsWithinThreeLevelsOfTheFullWay(String ending, int width, int height)
            throws IOException {
        Path file = photo(ending, width, height);
        Picture small = reduced(file, NEAR);
        assertThat(small.reduction()).isPresent();

        double[] difference = difference(Golden.decode(file), small, Resampler.lanczos());

        assertThat(difference[0]).as("largest").isLessThanOrEqualTo(3);
        assertThat(difference[1]).as("mean").isLessThan(0.5);
    }

    /** It reads single pixels, which are kept: nothing is averaged that the model sees. */
    @ParameterizedTest
    @CsvSource({"jpg, 1203, 907, 100, 100", "png, 1203, 907, 50, 50", "png, 907, 1210, 37, 100"})
    void aModelThatResizesBilinearlySeesTheLevelsOfTheFullWay(
            String ending, int width, int height, int columns, int rows) throws IOException {
        Path file = photo(ending, width, height);
        int side = Math.max(columns, rows);
        Reducing reducing = new Reducing(side, true).withSamples(new Samples(columns, rows));
        Picture small = reduced(file, reducing);
        assertThat(small.reduction()).isPresent();

        assertThat(Resampler.bilinear().resize(small, columns, rows))
                .isEqualTo(Resampler.bilinear().resize(Golden.decode(file), columns, rows));
        // Without what is kept it would see means of pixels: more than the 3 levels allowed.
        double[] difference =
                difference(Golden.decode(file), reduced(file, NEAR), Resampler.bilinear());
        assertThat(difference[0]).as("largest").isGreaterThan(3);
    }

    /** Formats, orientations and marks of every golden file; the oracle is the file read whole. */
    @ParameterizedTest
    @MethodSource("dev.snug.vision.picture.Golden#decoded")
    void whateverTheFormatABilinearModelSeesTheSame(Golden.Decoded golden) {
        Path file = Golden.picture(golden.file());
        float[] whole = Resampler.bilinear().resize(Golden.decode(file), 3, 2);

        for (int side = 1; side <= 4; side *= 2) {
            Reducing reducing = new Reducing(side, true).withSamples(new Samples(3, 2));

            assertThat(Resampler.bilinear().resize(reduced(file, reducing), 3, 2)).isEqualTo(whole);
        }
    }

    /** Counted by hand: two rows and two columns for each of the input, and where they are. */
    @Test
    void whatIsKeptForAModelIsInTheNeed() {
        PictureNeed whole = new PictureNeed(1200, 800, 0, 0);
        Reducing means = new Reducing(4, true);

        PictureNeed need = whole.reduced(means.withSamples(new Samples(4, 4)));

        long kept = 3 * 8 * 8 + 4 * (8 + 8);
        assertThat(need.factor()).isEqualTo(8);
        assertThat(need.heapBytes()).isEqualTo(whole.reduced(means).heapBytes() + kept);
        assertThat(need.decodingBytes()).isEqualTo(whole.reduced(means).decodingBytes() + kept);
        assertThat(need.withFactor(1).heapBytes()).isEqualTo(whole.heapBytes());
    }

    private static double[] difference(Picture whole, Picture small, Resampler resampler) {
        float[] full = resampler.resize(whole, 100, 100);
        float[] seen = resampler.resize(small, 100, 100);
        double most = 0;
        double sum = 0;
        for (int i = 0; i < full.length; i++) {
            most = Math.max(most, Math.abs(full[i] - seen[i]));
            sum += Math.abs(full[i] - seen[i]);
        }
        return new double[] {most, sum / full.length};
    }

    /** Soft shapes, one edge as a lens draws it, and the noise of a sensor. */
    private Path photo(String ending, int width, int height) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(width);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double u = (double) x / width;
                double v = (double) y / width;
                double edge = 40 * Math.tanh((Math.hypot(u - 0.4, v - 0.3) - 0.2) * width / 4);
                double wave = 30 * Math.sin(40 * u + 25 * v) + 10 * Math.sin(300 * u * v);
                int noise = (int) (6 * random.nextGaussian());
                image.setRGB(
                        x,
                        y,
                        level(150 + wave + edge + noise) << 16
                                | level(120 + edge - noise) << 8
                                | level(110 + wave + noise));
            }
        }
        Path file = folder.resolve("photo." + ending);
        ImageIO.write(image, ending, file.toFile());
        return file;
    }

    private static int level(double value) {
        return (int) Math.clamp(Math.round(value), 0L, 255L);
    }

    @Test
    void whatFitsWholeIsDecodedWholeUnlessItIsPlannedOtherwise() throws IOException {
        Path file = photo("png", 1200, 900);
        Reducing whereNeeded = new Reducing(100, false);
        PictureLimits ample = PictureLimits.DEFAULT.withReducing(whereNeeded);
        PictureLimits tight = ample.withMemoryBytes(1_000_000);

        assertThat(PictureDecoder.within(ample).decode(file).reduction()).isEmpty();
        Picture small = PictureDecoder.within(tight).decode(file);

        assertThat(small.reduction()).hasValue(new Reduction(2, 600, 450, 1200, 900));
        assertThat(PictureDecoder.within(tight).need(file).memoryBytes()).isLessThan(1_000_000);
        assertThat(reduced(file, NEAR).reduction()).isPresent();
    }

    @Test
    void whatDoesNotFitReducedEitherIsRefusedWithTheFigureOfBoth() throws IOException {
        Path file = photo("png", 1200, 900);
        PictureLimits limits =
                PictureLimits.DEFAULT
                        .withReducing(new Reducing(100, false))
                        .withMemoryBytes(500_000);
        assertThatThrownBy(() -> PictureDecoder.within(limits).decode(file))
                .isInstanceOf(PictureTooLargeException.class)
                .hasMessageContaining("1200 x 900 and, decoded at 1/2, needs 828,000 bytes")
                .hasMessageContaining("500,000");
    }

    @Test
    void anInterlacedPngIsNeverReduced() {
        Picture picture = reduced(Golden.picture("decode_rgb8_adam7.png"), new Reducing(1, true));
        assertThat(picture.reduction()).isEmpty();
    }

    @Test
    void capsOfFilesAndHeadersCanBeSet() throws IOException {
        Path file = photo("png", 1200, 900);
        long bytes = Files.size(file);
        PictureLimits limits = PictureLimits.DEFAULT.withCaps(new PictureCaps(bytes, 1_080_000));
        assertThat(PictureDecoder.within(limits).decode(file).width()).isEqualTo(1200);
        PictureLimits shorter = limits.withCaps(new PictureCaps(bytes - 1, 1_080_000));
        assertThatThrownBy(() -> PictureDecoder.within(shorter).need(file))
                .isInstanceOf(PictureTooLargeException.class)
                .hasMessageContaining("the limit is %,d".formatted(bytes - 1));
        PictureLimits smaller = limits.withCaps(new PictureCaps(bytes, 1_079_999));
        assertThatThrownBy(() -> PictureDecoder.within(smaller).need(file))
                .isInstanceOf(PictureTooLargeException.class)
                .hasMessageContaining("the limit is 1,079,999 pixels");
        assertThatThrownBy(() -> new PictureCaps(0, 1)).hasMessageContaining("out of range");
    }

    @Test
    void anOverlayHasTheReducedSize() throws IOException {
        Picture small = reduced(photo("png", 1200, 900), NEAR);
        Path file = folder.resolve("overlay.png");
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
            new Overlay(small, new float[] {0, 1}, 1, 2, ColorMap.VIRIDIS).writePng(out);
        }
        assertThat(Golden.decode(file).width()).isEqualTo(small.width());
    }
}
