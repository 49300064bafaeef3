package dev.snug.vision.keras;

import io.jhdf.HdfFile;
import io.jhdf.WritableHdfFile;
import io.jhdf.api.WritableGroup;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A {@code .keras} file of a Sequential model made in Java, for what Keras itself would not write.
 * Quotes in its JSON are single ones.
 */
final class KerasFixture {
    private final Path folder;
    private final Map<String, Object[]> weights = new LinkedHashMap<>();
    private final List<String> layers = new ArrayList<>();
    private String version = "3.15.1";

    KerasFixture(Path folder) {
        this.folder = folder;
    }

    KerasFixture version(String kerasVersion) {
        version = kerasVersion;
        return this;
    }

    KerasFixture layer(String className, String settings) {
        layers.add(
                "{'module': 'keras.layers', 'class_name': '%s', 'config': {%s}}"
                        .formatted(className, settings));
        return this;
    }

    /** Stores float or int arrays as the weights of {@code layers/NAME}. */
    KerasFixture weights(String name, Object... values) {
        weights.put(name, values);
        return this;
    }

    Path write(int level) throws IOException {
        Path weightsFile = writeWeights();
        Path file = folder.resolve("made.keras");
        try (OutputStream out = Files.newOutputStream(file);
                ZipOutputStream zip = new ZipOutputStream(out);
                InputStream in = Files.newInputStream(weightsFile)) {
            zip.setLevel(level);
            put(zip, "metadata.json", "{'keras_version': '" + version + "'}");
            put(
                    zip,
                    "config.json",
                    "{'module': 'keras', 'class_name': 'Sequential', 'config': {'layers': [%s]}}"
                            .formatted(String.join(", ", layers)));
            zip.putNextEntry(new ZipEntry("model.weights.h5"));
            in.transferTo(zip);
        }
        return file;
    }

    Path write() throws IOException {
        return write(Deflater.DEFAULT_COMPRESSION);
    }

    private static void put(ZipOutputStream zip, String name, String json) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private Path writeWeights() {
        Path file = folder.resolve("weights.h5");
        try (WritableHdfFile hdf = HdfFile.write(file)) {
            WritableGroup groups = hdf.putGroup("layers");
            weights.forEach(
                    (name, values) -> {
                        WritableGroup group = groups.putGroup(name).putGroup("vars");
                        for (int i = 0; i < values.length; i++) {
                            group.putDataset(Integer.toString(i), values[i]);
                        }
                    });
        }
        return file;
    }
}
