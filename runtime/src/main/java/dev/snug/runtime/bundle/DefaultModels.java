package dev.snug.runtime.bundle;

import dev.snug.runtime.json.Fields;
import dev.snug.runtime.json.Json;
import dev.snug.runtime.json.JsonException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The file {@code defaults.json}: the model to use for each kind. */
final class DefaultModels {
    private static final int FORMAT = 1;

    /** Name of the file's lock, which no model can have. */
    private static final String LOCK = ".defaults";

    /** Most kinds; there are two. */
    private static final int MAX_KINDS = 100;

    /** Largest file in bytes: that many names. */
    private static final int MAX_BYTES = 64 << 10;

    private final Path file;
    private final ModelFolders folders;

    DefaultModels(Path file, ModelFolders folders) {
        this.file = file;
        this.folders = folders;
    }

    /** Model name by kind. */
    Map<String, String> read() {
        if (!Files.exists(file)) {
            return Map.of();
        }
        try {
            String where = file.toString();
            Fields fields =
                    new Fields(Json.parseObject(BoundedFile.read(file, MAX_BYTES), where), where);
            long format = fields.whole("format");
            if (format != FORMAT) {
                throw new BundleException(
                        where + " has format " + format + ", this Snug reads " + FORMAT);
            }
            Map<String, String> models = fields.texts("models", MAX_KINDS);
            fields.requireNoOther();
            models.keySet().forEach(Names::kind);
            models.values().forEach(Names::model);
            return models;
        } catch (IOException e) {
            throw BundleException.of("read the default models", file, e);
        } catch (JsonException e) {
            throw new BundleException(String.valueOf(e.getMessage()), e);
        } catch (IllegalArgumentException e) {
            throw new BundleException(file + ": " + e.getMessage(), e);
        }
    }

    /** Makes {@code model} the one for {@code kind}. */
    void use(String kind, String model) {
        change("use model " + model, models -> models.put(kind, model));
    }

    /** Takes {@code model} out wherever it stands. */
    void forget(String model) {
        if (read().containsValue(model)) {
            change("forget model " + model, models -> models.values().removeIf(model::equals));
        }
    }

    private void change(String doing, Consumer<Map<String, String>> change) {
        try (InstallLock _ = folders.lock(LOCK, doing)) {
            Map<String, String> models = new TreeMap<>(read());
            change.accept(models);
            WholeFile.write(file, out -> out.write(bytes(models)));
        }
    }

    private static byte[] bytes(Map<String, String> models) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("format", FORMAT);
        fields.put("models", models);
        return Json.bytes(fields);
    }
}
