package dev.snug.speech.f5;

import dev.snug.runtime.json.Json;
import dev.snug.speech.safetensors.CheckpointException;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * A YAML file that lies beside weights and says what they are; the weights must agree with it.
 *
 * @param name of the file, for messages
 */
record SettingsFile(String name, Map<String, @Nullable Object> values) {
    static SettingsFile read(Path file) {
        return new SettingsFile(Json.printable(file.toString()), Yaml.read(file));
    }

    /** What stands under {@code path}, keys with dots between; empty where no such key is. */
    Optional<Entry> at(String path) {
        Map<?, ?> map = values;
        String[] keys = path.split("\\.", -1);
        for (int i = 0; i < keys.length - 1; i++) {
            if (!(map.get(keys[i]) instanceof Map<?, ?> inner)) {
                return Optional.empty();
            }
            map = inner;
        }
        String last = keys[keys.length - 1];
        return map.containsKey(last) ? Optional.of(new Entry(map.get(last))) : Optional.empty();
    }

    /** A value that is there; it may be null. */
    record Entry(@Nullable Object value) {}

    /**
     * Checks that the file says {@code expected} under {@code path}, or nothing.
     *
     * @param owner who else says what it must be: "the weights"
     */
    void requireSame(String path, @Nullable Object expected, String owner) {
        at(path).ifPresent(
                        entry -> {
                            if (!String.valueOf(entry.value()).equals(String.valueOf(expected))) {
                                throw new CheckpointException(
                                        "%s says %s = %s; %s %s"
                                                .formatted(
                                                        name,
                                                        path,
                                                        Json.printable(
                                                                String.valueOf(entry.value())),
                                                        owner,
                                                        expected));
                            }
                        });
    }
}
