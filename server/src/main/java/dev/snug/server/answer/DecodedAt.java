package dev.snug.server.answer;

import dev.snug.runtime.json.Fields;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * That a picture was decoded reduced, because the whole does not fit the memory limit.
 *
 * @param factor 2, 4 or 8: each pixel is the mean of a box of so many by so many
 * @param width pixels of a row, upright, as decoded; an overlay has this size too
 * @param height rows as decoded
 * @param fullWidth pixels of a row in the file, upright
 * @param fullHeight rows in the file
 */
public record DecodedAt(int factor, int width, int height, int fullWidth, int fullHeight) {
    /** Its name wherever answers are JSON. */
    public static final String KEY = "decoded_at";

    /** As the API says it. */
    public Map<String, Object> json() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("factor", factor);
        json.put("width", width);
        json.put("height", height);
        json.put("full_width", fullWidth);
        json.put("full_height", fullHeight);
        return json;
    }

    /** What {@code answer} has under {@link #KEY}; empty where that is null or absent. */
    public static Optional<DecodedAt> of(Fields answer) {
        Map<String, @Nullable Object> json = answer.has(KEY) ? answer.treeOrNull(KEY) : null;
        return json == null
                ? Optional.empty()
                : Optional.of(
                        Fields.read(
                                json,
                                KEY,
                                fields ->
                                        new DecodedAt(
                                                Math.toIntExact(fields.whole("factor")),
                                                Math.toIntExact(fields.whole("width")),
                                                Math.toIntExact(fields.whole("height")),
                                                Math.toIntExact(fields.whole("full_width")),
                                                Math.toIntExact(fields.whole("full_height")))));
    }
}
