package dev.snug.speech;

import dev.snug.runtime.json.Json;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One object of the reference data of the pure stages. */
public record StageGolden(Map<?, ?> values) {
    /** Outputs of VietVoice's own text and audio functions. */
    public static StageGolden functions() {
        return document("text/golden.json");
    }

    /** Outputs of the official programs on tiny models. */
    public static StageGolden models() {
        return document("expected.json");
    }

    /** A file of the reference data. */
    public static Path file(String name) {
        try {
            return Path.of(
                    Objects.requireNonNull(StageGolden.class.getResource("/golden/" + name))
                            .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static StageGolden document(String name) {
        try {
            return new StageGolden(Json.parseObject(Files.readAllBytes(file(name)), name));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    public StageGolden member(String key) {
        return new StageGolden((Map<?, ?>) Objects.requireNonNull(values.get(key)));
    }

    public List<StageGolden> rows(String key) {
        return list(key).stream()
                .map(row -> new StageGolden((Map<?, ?>) Objects.requireNonNull(row)))
                .toList();
    }

    public List<?> list(String key) {
        return (List<?>) Objects.requireNonNull(values.get(key));
    }

    public String text(String key) {
        return (String) Objects.requireNonNull(values.get(key));
    }

    public double number(String key) {
        return ((Number) Objects.requireNonNull(values.get(key))).doubleValue();
    }

    public int whole(String key) {
        return Math.toIntExact((long) Objects.requireNonNull(values.get(key)));
    }

    public List<String> texts(String key) {
        return list(key).stream().map(String::valueOf).toList();
    }

    public float[] floats(String key) {
        return floats(list(key));
    }

    public int[] wholes(String key) {
        return list(key).stream()
                .mapToInt(value -> ((Number) Objects.requireNonNull(value)).intValue())
                .toArray();
    }

    public short[] shorts(String key) {
        return shorts(list(key));
    }

    public static short[] shorts(List<?> list) {
        short[] shorts = new short[list.size()];
        for (int i = 0; i < shorts.length; i++) {
            shorts[i] = ((Number) Objects.requireNonNull(list.get(i))).shortValue();
        }
        return shorts;
    }

    private static float[] floats(List<?> list) {
        float[] floats = new float[list.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = ((Number) Objects.requireNonNull(list.get(i))).floatValue();
        }
        return floats;
    }
}
