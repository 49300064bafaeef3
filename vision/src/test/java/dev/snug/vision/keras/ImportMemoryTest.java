package dev.snug.vision.keras;

import static org.assertj.core.api.Assertions.assertThat;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

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
        Path weights = work.resolve("weights.h5");
        try (WritableHdfFile hdf = HdfFile.write(weights)) {
            WritableGroup layers = hdf.putGroup("layers");
            variables(layers, "conv2d", (Object) new float[3][3][CHANNELS][CHANNELS]);
            float[] ones = new float[CHANNELS];
            Arrays.fill(ones, 1);
            variables(layers, "batch_normalization", ones, ones, ones, ones);
            variables(layers, "dense", new float[CHANNELS][5], new float[5]);
        }
        Path file = work.resolve("large.keras");
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out);
                InputStream in = Files.newInputStream(weights)) {
            zip.setLevel(0);
            zip.putNextEntry(new ZipEntry("metadata.json"));
            zip.write("{\"keras_version\": \"3.15.1\"}".getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("config.json"));
            zip.write(config().getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("model.weights.h5"));
            in.transferTo(zip);
        }
        return file;
    }

    private static void variables(WritableGroup layers, String name, Object... values) {
        WritableGroup group = layers.putGroup(name).putGroup("vars");
        for (int i = 0; i < values.length; i++) {
            group.putDataset(Integer.toString(i), values[i]);
        }
    }

    private static String config() {
        List<String> layers =
                List.of(
                        layer("InputLayer", "'batch_shape': [null, 8, 8, %d]".formatted(CHANNELS)),
                        layer(
                                "Conv2D",
                                "'name': 'conv', 'filters': %d, 'kernel_size': 3, 'use_bias': false"
                                        .formatted(CHANNELS)),
                        layer("BatchNormalization", ""),
                        layer("GlobalAveragePooling2D", ""),
                        layer("Dense", "'units': 5, 'activation': 'softmax'"));
        return "{'module': 'keras', 'class_name': 'Sequential', 'config': {'layers': [%s]}}"
                .formatted(String.join(", ", layers))
                .replace('\'', '"');
    }

    private static String layer(String className, String settings) {
        String named =
                settings.contains("'name'")
                        ? settings
                        : "'name': '%s'%s"
                                .formatted(className, settings.isEmpty() ? "" : ", " + settings);
        return "{'module': 'keras.layers', 'class_name': '%s', 'config': {%s}}"
                .formatted(className, named);
    }
}
