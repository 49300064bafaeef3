package dev.snug.vision.keras;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;

/**
 * An importer that took the weights into the heap would not survive here: 80 MB of weights, once to
 * fold and once unfused, in a process with a heap of 64 MB. The zip is deflated, the harder way.
 */
final class ImportMemoryTest {
    private static final int CHANNELS = 1440;

    @TempDir private Path work;

    @Test
    void aModelLargerThanTheHeapIsImported() throws Exception {
        Path file = model();
        assertThat(Files.size(file)).isGreaterThan(70L << 20);
        Path log = work.resolve("log");
        Process process =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElse("java"),
                                "-Xmx64m",
                                "-cp",
                                System.getProperty("java.class.path"),
                                Importing.class.getName(),
                                file.toString(),
                                work.toString())
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(Files.readString(log)).contains("imported 18675365");
        assertThat(process.exitValue()).isZero();
    }

    /** What the child process runs. */
    static final class Importing {
        private Importing() {}

        public static void main(String[] arguments) {
            Path work = Path.of(arguments[1]);
            try (KerasModel keras = KerasImporter.read(Path.of(arguments[0]), work)) {
                keras.toOnnx(KerasImportOptions.DEFAULT);
                ImportedModel kept =
                        keras.toOnnx(KerasImportOptions.DEFAULT.withKeepUnfused("conv"));
                System.out.println("imported " + kept.parameters());
            }
        }
    }

    private Path model() throws IOException {
        float[] ones = new float[CHANNELS];
        Arrays.fill(ones, 1);
        return new KerasFixture(work)
                .layer(
                        "InputLayer",
                        "'name': 'in', 'batch_shape': [null, 8, 8, %d]".formatted(CHANNELS))
                .layer(
                        "Conv2D",
                        "'name': 'conv', 'filters': %d, 'kernel_size': 3, 'use_bias': false"
                                .formatted(CHANNELS))
                .weights("conv2d", (Object) new float[3][3][CHANNELS][CHANNELS])
                .layer("BatchNormalization", "'name': 'norm'")
                .weights("batch_normalization", ones, ones, ones, ones)
                .layer("GlobalAveragePooling2D", "'name': 'gap'")
                .layer("Dense", "'name': 'd', 'units': 5, 'activation': 'softmax'")
                .weights("dense", new float[CHANNELS][5], new float[5])
                .write(Deflater.NO_COMPRESSION);
    }
}
