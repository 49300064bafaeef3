package dev.snug.cli;

import dev.snug.runtime.bundle.BundleException;
import dev.snug.runtime.bundle.BundleStore;
import dev.snug.runtime.json.Json;
import dev.snug.runtime.json.JsonLimits;
import dev.snug.vision.ClassLabel;
import dev.snug.vision.ClassifierImport;
import dev.snug.vision.ClassifierSettings;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The import of a Keras classifier: the options that only it has, and what they lead to. */
final class KerasSource {
    @Option(
            names = "--picture-size",
            paramLabel = "PIXELS",
            split = ",",
            description = "Sides of the model's input, in place of the file's own.")
    private List<Integer> pictureSizes = List.of();

    @Option(
            names = "--classes",
            paramLabel = "ID",
            split = ",",
            description = "Ids of the classes, in the order of the model's output.")
    private List<String> classes = List.of();

    @Option(
            names = "--target-layer",
            paramLabel = "LAYER",
            description = "The convolution that heat maps explain; default: the last one.")
    private @Nullable String targetLayer;

    @Option(
            names = "--settings",
            paramLabel = "FILE",
            description = "JSON with classes, filter and patient values (see below).")
    private @Nullable Path settingsFile;

    /** Checks that no option was given that only classifiers have. */
    void requireUnused(Path source) {
        if (!pictureSizes.isEmpty()
                || !classes.isEmpty()
                || targetLayer != null
                || settingsFile != null) {
            throw new UsageException(
                    "--picture-size, --classes, --target-layer and --settings are for classifiers; "
                            + source
                            + " is a speech model");
        }
    }

    /** Imports {@code file} and returns its name in the store. */
    String run(
            Path file, String name, @Nullable String licence, BundleStore store, ProgressLine to) {
        return ClassifierImport.run(
                        new ClassifierImport.Request(
                                file,
                                name,
                                String.valueOf(file.getFileName()),
                                licence,
                                pictureSizes,
                                settings()),
                        store,
                        Version.PROGRAM,
                        to::step)
                .manifest()
                .name();
    }

    private ClassifierSettings settings() {
        ClassifierSettings settings =
                settingsFile == null ? ClassifierSettings.DEFAULT : read(settingsFile);
        if (!classes.isEmpty()) {
            settings =
                    settings.withClasses(
                            classes.stream().map(id -> new ClassLabel(id, id, null)).toList());
        }
        return targetLayer == null ? settings : settings.withTargetLayer(targetLayer);
    }

    private static ClassifierSettings read(Path file) {
        requireRegular(file);
        int limit = JsonLimits.MANIFEST.bytes();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] text = in.readNBytes(limit + 1);
            if (text.length > limit) {
                throw new UsageException(file + " is larger than " + limit + " bytes");
            }
            return ClassifierSettings.parse(
                    Json.parseObject(text, file.toString()), file.toString());
        } catch (IOException e) {
            throw new UsageException(file + " cannot be read: " + e);
        }
    }

    /** Says so before anything is begun; a pipe would be waited for. */
    private static void requireRegular(Path file) {
        if (!Files.exists(file)) {
            throw new BundleException(file + ": no such file");
        }
        if (!Files.isRegularFile(file)) {
            throw new BundleException(file + ": not a regular file");
        }
    }
}
