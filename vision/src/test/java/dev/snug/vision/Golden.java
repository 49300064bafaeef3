package dev.snug.vision;

import dev.snug.runtime.json.Json;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** An object of the JSON documents that describe the reference data, and where that lies. */
public record Golden(Map<?, ?> values) {
    /** A file of the test resources. */
    public static Path file(String name) {
        try {
            return Path.of(
                    Objects.requireNonNull(Golden.class.getResource("/golden/" + name)).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A JSON document. */
    public static Golden document(Path file) throws IOException {
        return new Golden(Json.parseObject(Files.readAllBytes(file), file.toString()));
    }

    public double number(String key) {
        return ((Number) Objects.requireNonNull(values.get(key))).doubleValue();
    }

    public Golden member(String key) {
        return new Golden((Map<?, ?>) Objects.requireNonNull(values.get(key)));
    }

    public boolean has(String key) {
        return values.get(key) != null;
    }

    public boolean truth(String key) {
        return (boolean) Objects.requireNonNull(values.get(key));
    }

    public String text(String key) {
        return String.valueOf(values.get(key));
    }

    public List<Golden> rows(String key) {
        List<?> list = (List<?>) Objects.requireNonNull(values.get(key));
        return list.stream()
                .map(row -> new Golden((Map<?, ?>) Objects.requireNonNull(row)))
                .toList();
    }

    /** The objects inside the object at {@code key}, without their keys. */
    public List<Golden> members(String key) {
        Map<?, ?> map = (Map<?, ?>) Objects.requireNonNull(values.get(key));
        return map.values().stream()
                .map(row -> new Golden((Map<?, ?>) Objects.requireNonNull(row)))
                .toList();
    }

    public float[] floats(String key) {
        List<?> list = (List<?>) Objects.requireNonNull(values.get(key));
        float[] floats = new float[list.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = ((Number) Objects.requireNonNull(list.get(i))).floatValue();
        }
        return floats;
    }
}
