package dev.snug.cli;

import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.bundle.BundleException;
import dev.snug.runtime.bundle.BundleStore;
import dev.snug.runtime.json.Json;
import dev.snug.runtime.json.JsonLimits;
import dev.snug.vision.ClassLabel;
import dev.snug.vision.ClassifierImport;
import dev.snug.vision.ClassifierSettings;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;

/** Makes a Keras classifier ready to run. */
@Command(
        name = "import",
        description = "Import a Keras classifier (.keras file) as a model of Snug.",
        footer = {
            "",
            "Examples:",
            "  snug import model.keras",
            "  snug import model.keras --name skin --classes acne,eczema,healthy",
            "  snug import model.keras --picture-size 300,224      two sizes, one weights file",
            "  snug import model.keras --settings settings.json",
            "",
            "settings.json, every key optional:",
            "  {\"classes\": [{\"id\": \"mel\", \"name\": \"melanoma\", \"group\": \"malignant\"},"
                    + " …],",
            "   \"resize\": \"lanczos\" or \"bilinear\",  \"divide_by\": 1 or 255,",
            "   \"target_layer\": \"backbone/top_conv\",",
            "   \"patient\": [{\"field\": \"sex\", \"encoding\": \"one_hot\",",
            "                \"words\": [\"female\", \"male\", \"unknown\"], \"absent\":"
                    + " \"unknown\"},",
            "               {\"field\": \"age\", \"encoding\": \"scaled\", \"divide_by\": 90,"
                    + " \"absent\": 50},",
            "               {\"field\": \"age\", \"encoding\": \"missing\"}]}",
            "",
            "An old .h5 file is converted once, in Python, with Keras 3:",
            "  keras.saving.load_model(\"old.h5\").save(\"model.keras\")"
        })
final class ImportCommand implements Callable<Integer> {
    @ParentCommand private Main main;

    @Parameters(paramLabel = "FILE", description = "A .keras file.")
    private Path file;

    @Option(
            names = {"-n", "--name"},
            paramLabel = "NAME",
            description = "What the model is called; default: the file's name.")
    private @Nullable String name;

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

    @Option(names = "--licence", paramLabel = "SPDX", description = "Licence of the weights.")
    private @Nullable String licence;

    @Override
    public Integer call() {
        requireRegular(file);
        Surroundings surroundings = main.surroundings();
        BundleStore store = new BundleStore(surroundings.snugHome());
        try (ProgressLine progress = new ProgressLine(surroundings)) {
            Bundle bundle =
                    ClassifierImport.run(
                            new ClassifierImport.Request(
                                    file,
                                    name == null ? nameOf(file) : name,
                                    String.valueOf(file.getFileName()),
                                    licence,
                                    pictureSizes,
                                    settings()),
                            store,
                            Version.PROGRAM,
                            progress::step);
            surroundings.out().println(bundle.manifest().name());
        }
        return ExitCode.OK;
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

    /** The file's name without its ending, in the letters that a model's name may have. */
    static String nameOf(Path file) {
        String base = String.valueOf(file.getFileName()).replaceFirst("\\.[A-Za-z0-9]+$", "");
        String name =
                base.toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9._-]+", "-")
                        .replaceFirst("^[._-]+", "");
        return name.isEmpty() ? "model" : name.substring(0, Math.min(name.length(), 64));
    }
}
