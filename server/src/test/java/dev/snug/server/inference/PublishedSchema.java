package dev.snug.server.inference;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;

import dev.snug.runtime.json.Json;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** An OpenAPI document of the protocol, as it was published. */
final class PublishedSchema {
    /** The statuses of an operation, each with the name of its body's schema, or with none. */
    record Operation(String method, String path, Map<String, @Nullable String> replies) {}

    private static final String HERE = "#/components/schemas/";

    private final Map<String, @Nullable Object> document;

    private PublishedSchema(Map<String, @Nullable Object> document) {
        this.document = document;
    }

    /** One of those beside SOURCES. */
    static PublishedSchema of(String name) throws IOException {
        try (InputStream in =
                PublishedSchema.class.getResourceAsStream("/open-inference/" + name)) {
            // "bytes" is no type of JSON: data is a list here, or lies behind the JSON.
            String text =
                    new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8)
                            .replaceAll("\\{\\s*\"type\": \"bytes\"\\s*\\}", "{\"enum\": []}");
            return new PublishedSchema(
                    Json.parseObject(text.getBytes(StandardCharsets.UTF_8), name));
        }
    }

    /** All operations. */
    List<Operation> operations() {
        return map(document.get("paths")).entrySet().stream()
                .flatMap(
                        path ->
                                map(path.getValue()).entrySet().stream()
                                        .filter(each -> !each.getKey().equals("parameters"))
                                        .map(
                                                each ->
                                                        new Operation(
                                                                each.getKey()
                                                                        .toUpperCase(
                                                                                java.util.Locale
                                                                                        .ROOT),
                                                                path.getKey(),
                                                                replies(map(each.getValue())))))
                .toList();
    }

    private static Map<String, @Nullable String> replies(Map<String, @Nullable Object> operation) {
        Map<String, @Nullable String> replies = new LinkedHashMap<>();
        map(operation.get("responses"))
                .forEach(
                        (status, reply) -> {
                            Map<String, @Nullable Object> content = map(map(reply).get("content"));
                            String at =
                                    (String)
                                            map(map(content.get("application/json")).get("schema"))
                                                    .get("$ref");
                            replies.put(status, at == null ? null : at.replace(HERE, ""));
                        });
        return replies;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, @Nullable Object> map(@Nullable Object value) {
        return value == null ? Map.of() : (Map<String, @Nullable Object>) value;
    }

    /** What is wrong with {@code text} by the schema {@code name}. */
    Set<ValidationMessage> errors(String name, byte[] text) {
        Map<String, @Nullable Object> root = new LinkedHashMap<>(document);
        root.put("allOf", List.of(Map.of("$ref", HERE + name)));
        JsonSchema schema =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V4)
                        .getSchema(new String(Json.bytes(root), StandardCharsets.UTF_8));
        return schema.validate(new String(text, StandardCharsets.UTF_8), InputFormat.JSON);
    }
}
