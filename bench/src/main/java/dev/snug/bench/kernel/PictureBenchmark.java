package dev.snug.bench.kernel;

import dev.snug.bench.SyntheticPhoto;
import dev.snug.vision.picture.ColorMap;
import dev.snug.vision.picture.Overlay;
import dev.snug.vision.picture.Picture;
import dev.snug.vision.picture.Resampler;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;

/**
 * Milliseconds for what happens to a photo's pixels around the model: to the model's input size
 * with either filter, and back as an overlay. The JVM has the command's compiler (C1 only) and
 * collector, else the numbers would be those of another program.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(
        value = 2,
        jvmArgs = {"-XX:+UseSerialGC", "-Xmx224m", "-XX:TieredStopAtLevel=1"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PictureBenchmark {
    /** Sides of EfficientNetV2-S's and sklesion's input in pixels. */
    private static final int LANCZOS_SIDE = 300;

    private static final int BILINEAR_SIDE = 254;

    /** Sides of sklesion's heat map. */
    private static final int MAP_SIDE = 8;

    /** Pixels; 4000 is a 12-megapixel phone photo. */
    @Param("4000")
    public int width;

    private Picture picture = new Picture(1, 1, new byte[Picture.CHANNELS]);
    private final float[] heat = new float[MAP_SIDE * MAP_SIDE];

    /** Makes the photo, 4 : 3. */
    @Setup
    public void makePhoto() {
        picture = SyntheticPhoto.of(width, width * 3 / 4);
        for (int i = 0; i < heat.length; i++) {
            heat[i] = (float) i / (heat.length - 1);
        }
    }

    /** Pillow's LANCZOS. */
    @Benchmark
    public float[] lanczosTo300() {
        return Resampler.lanczos().resize(picture, LANCZOS_SIDE, LANCZOS_SIDE);
    }

    /** TensorFlow's bilinear. */
    @Benchmark
    public float[] bilinearTo254() {
        return Resampler.bilinear().resize(picture, BILINEAR_SIDE, BILINEAR_SIDE);
    }

    /** An overlay of the photo's size, encoded and thrown away. */
    @Benchmark
    public void overlayPng() throws IOException {
        new Overlay(picture, heat, MAP_SIDE, MAP_SIDE, ColorMap.VIRIDIS)
                .writePng(OutputStream.nullOutputStream());
    }
}
