package dev.snug.server.inference;

import dev.snug.runtime.json.Json;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A tensor that a model takes or gives.
 *
 * @param name of the tensor
 * @param datatype of its elements
 * @param shape a size each dimension, {@link #ANY} for one that varies
 * @param isOptional whether a request may leave it out
 */
record TensorInfo(String name, Datatype datatype, List<Long> shape, boolean isOptional) {
    /** A dimension of any size. */
    static final long ANY = -1;

    TensorInfo {
        shape = List.copyOf(shape);
    }

    static TensorInfo required(String name, Datatype datatype, Long... shape) {
        return new TensorInfo(name, datatype, List.of(shape), false);
    }

    static TensorInfo optional(String name, Datatype datatype, Long... shape) {
        return new TensorInfo(name, datatype, List.of(shape), true);
    }

    /** As metadata tells it. */
    Map<String, @Nullable Object> json() {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", name);
        json.put("datatype", datatype.name());
        json.put("shape", shape);
        if (isOptional) {
            json.put("parameters", Map.of("optional", true));
        }
        return json;
    }

    /**
     * Checks an input of this name. Rows of one element, {@code [n, 1]}, count as {@code [n]}: that
     * is how clients of batched models send them.
     *
     * @throws dev.snug.server.http.HttpException 400
     */
    void check(RequestHead.Input input) {
        List<Long> given = input.shape();
        boolean isColumn = given.size() == shape.size() + 1 && given.getLast() == 1;
        List<Long> sizes = isColumn ? given.subList(0, shape.size()) : given;
        boolean fits = input.datatype() == datatype && sizes.size() == shape.size();
        for (int i = 0; fits && i < sizes.size(); i++) {
            fits = sizes.get(i) > 0 && (shape.get(i) == ANY || shape.get(i).equals(sizes.get(i)));
        }
        if (!fits) {
            throw Refused.bad(
                    "input %s is %s %s, not %s %s"
                            .formatted(
                                    Json.quoted(name), datatype, shape, input.datatype(), given));
        }
    }
}
