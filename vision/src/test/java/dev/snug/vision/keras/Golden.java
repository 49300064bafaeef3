package dev.snug.vision.keras;

import dev.snug.vision.keras.file.Json;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** An object of the JSON documents that describe the reference data, and where that lies. */
record Golden(Map<?, ?> values) {
    /** A file of the test resources. */
    static Path file(String name) {
        try {
            return Path.of(
                    Objects.requireNonNull(Golden.class.getResource("/golden/" + name)).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A JSON document. */
    static Golden document(Path file) throws IOException {
        return new Golden(Json.object(file.toString(), Files.readAllBytes(file)));
    }

    boolean has(String key) {
        return values.get(key) != null;
    }

    String text(String key) {
        return String.valueOf(values.get(key));
    }

    List<Golden> rows(String key) {
        List<?> list = (List<?>) Objects.requireNonNull(values.get(key));
        return list.stream()
                .map(row -> new Golden((Map<?, ?>) Objects.requireNonNull(row)))
                .toList();
    }

    /** The objects inside the object at {@code key}, without their keys. */
    List<Golden> members(String key) {
        Map<?, ?> map = (Map<?, ?>) Objects.requireNonNull(values.get(key));
        return map.values().stream()
                .map(row -> new Golden((Map<?, ?>) Objects.requireNonNull(row)))
                .toList();
    }

    float[] floats(String key) {
        List<?> list = (List<?>) Objects.requireNonNull(values.get(key));
        float[] floats = new float[list.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = ((Number) Objects.requireNonNull(list.get(i))).floatValue();
        }
        return floats;
    }
}
