package dev.snug.server.inference;

import dev.snug.runtime.json.Fields;
import dev.snug.runtime.json.Json;
import dev.snug.runtime.json.JsonException;
import dev.snug.runtime.json.JsonLimits;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Map;

/**
 * A request without its data.
 *
 * @param id comes back with the answer; null for none
 * @param modelName as some clients repeat it in the body; null for none
 * @param isBinary whether outputs of which nothing is said come as binary data
 * @param inputs in the request's order, in which their binary data lies too
 * @param outputs that are wished; null for what is usual
 */
record RequestHead(
        @Nullable String id,
        @Nullable String modelName,
        boolean isBinary,
        List<Input> inputs,
        @Nullable List<Wish> outputs) {
    /** Most inputs or outputs. */
    static final int TENSORS_MAX = 16;

    private static final int RANK_MAX = 8;

    private static final JsonLimits LIMITS =
            new JsonLimits(RequestText.HEAD_BYTES_MAX, 2000, 8, 4096);
    private static final String WHERE = "the request";

    /**
     * An input.
     *
     * @param binaryBytes of its data behind the JSON; {@link #IN_JSON} where that has it
     */
    record Input(String name, Datatype datatype, List<Long> shape, long binaryBytes) {
        /** The data is in the JSON. */
        static final long IN_JSON = -1;

        /** Elements by the shape. */
        long elements() {
            try {
                return shape.stream().reduce(1L, Math::multiplyExact);
            } catch (ArithmeticException e) {
                throw Refused.tooLarge("input " + Json.quoted(name) + " has too many elements");
            }
        }
    }

    /** An output that is wished. */
    record Wish(String name, boolean isBinary) {}

    /**
     * Reads what {@link RequestText#head} made.
     *
     * @throws JsonException when it is no request of the protocol
     */
    static RequestHead of(byte[] text) {
        return Fields.read(
                Json.parseObject(text, WHERE, LIMITS),
                WHERE,
                json -> {
                    boolean isBinary =
                            json.has("parameters")
                                    && flag(json, "parameters", "binary_data_output");
                    if (json.has("model_version")) {
                        // Some clients repeat what the path says, or an empty one.
                        json.textOrNull("model_version");
                    }
                    return new RequestHead(
                            json.has("id") ? json.textOrNull("id") : null,
                            json.has("model_name") ? json.textOrNull("model_name") : null,
                            isBinary,
                            json.list("inputs", TENSORS_MAX, RequestHead::input),
                            json.has("outputs") && json.values("outputs", TENSORS_MAX) != null
                                    ? json.list(
                                            "outputs", TENSORS_MAX, each -> wish(each, isBinary))
                                    : null);
                });
    }

    private static boolean flag(Fields json, String key, String name) {
        Map<String, @Nullable Object> parameters = json.treeOrNull(key);
        return parameters != null
                && Fields.read(
                        parameters, WHERE + ": " + key, each -> each.has(name) && each.flag(name));
    }

    private static Wish wish(Fields json, boolean isBinary) {
        String name = json.text("name");
        Map<String, @Nullable Object> parameters =
                json.has("parameters") ? json.treeOrNull("parameters") : null;
        boolean isOwn = parameters != null && parameters.containsKey("binary_data");
        boolean own = json.has("parameters") && flag(json, "parameters", "binary_data");
        return new Wish(name, isOwn ? own : isBinary);
    }

    private static Input input(Fields json) {
        String name = json.text("name");
        Datatype datatype = Datatype.of(json.text("datatype"));
        List<?> sizes = json.values("shape", RANK_MAX);
        if (sizes == null || !sizes.stream().allMatch(Long.class::isInstance)) {
            throw new JsonException(WHERE + ": a shape is a list of whole numbers");
        }
        List<Long> shape = sizes.stream().map(Long.class::cast).toList();
        long bytes = Input.IN_JSON;
        if (json.has("parameters")) {
            Map<String, @Nullable Object> parameters = json.treeOrNull("parameters");
            bytes = parameters == null ? bytes : binaryBytes(parameters, name);
        }
        boolean hasData = json.has("data") && json.flag("data");
        if (hasData == (bytes != Input.IN_JSON)) {
            throw Refused.bad(
                    "input %s has its data in the JSON or behind it".formatted(Json.quoted(name)));
        }
        return new Input(name, datatype, shape, bytes);
    }

    private static long binaryBytes(Map<String, @Nullable Object> parameters, String name) {
        return Fields.read(
                parameters,
                "parameters of input " + Json.quoted(name),
                json -> {
                    if (json.has("content_type")) {
                        String type = json.text("content_type");
                        if (!type.equals("base64") && !type.equals("str")) {
                            throw Refused.bad(
                                    "content_type is base64 for pictures and str for words, not "
                                            + Json.quoted(type));
                        }
                    }
                    if (!json.has("binary_data_size")) {
                        return Input.IN_JSON;
                    }
                    long bytes = json.whole("binary_data_size");
                    if (bytes < 0) {
                        throw Refused.bad("binary_data_size is below 0");
                    }
                    return bytes;
                });
    }
}
