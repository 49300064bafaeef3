package dev.snug.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.StreamSupport;

/** An OpenAPI document: its operations, and what is wrong with replies by it. */
final class OpenApi {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final JsonSchemaFactory SCHEMAS =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);

    /** A method in capitals, a path with {@code {name}}s, and what is said of them. */
    record Operation(String method, String path, JsonNode tree) {
        String name() {
            return method + " " + path;
        }
    }

    private final JsonNode document;
    private final JsonNode components;

    OpenApi(JsonNode document) {
        this.document = document;
        this.components = closed(document.path("components"));
    }

    /** The one that a server hands out. */
    static OpenApi shipped() throws IOException {
        return new OpenApi(resource("/dev/snug/server/api/openapi.json"));
    }

    static JsonNode resource(String name) throws IOException {
        try (InputStream in = OpenApi.class.getResourceAsStream(name)) {
            return MAPPER.readTree(Objects.requireNonNull(in, name));
        }
    }

    JsonNode tree() {
        return document;
    }

    List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(
                        path ->
                                path.getValue()
                                        .properties()
                                        .forEach(
                                                each ->
                                                        operations.add(
                                                                new Operation(
                                                                        each.getKey()
                                                                                .toUpperCase(
                                                                                        Locale
                                                                                                .ROOT),
                                                                        path.getKey(),
                                                                        each.getValue()))));
        return operations;
    }

    Operation operation(String method, String path) {
        return operations().stream()
                .filter(each -> each.name().equals(method + " " + path))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + method + " " + path));
    }

    JsonNode schema(String name) {
        return document.path("components").path("schemas").path(name);
    }

    /** What {@code at}, such as {@code #/components/schemas/Job}, leads to. */
    JsonNode target(String at) {
        return at.startsWith("#/") ? document.at(at.substring(1)) : MAPPER.missingNode();
    }

    /** {@code node}, or what its reference leads to. */
    JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? target(node.path("$ref").textValue()) : node;
    }

    /** The texts of a list. */
    static Set<String> words(JsonNode list) {
        Set<String> words = new TreeSet<>();
        StreamSupport.stream(list.spliterator(), false)
                .filter(JsonNode::isTextual)
                .forEach(each -> words.add(each.textValue()));
        return words;
    }

    /** What is wrong with a reply: its status, content type, headers and body. */
    List<String> errors(String method, String path, HttpResponse<byte[]> reply) throws IOException {
        JsonNode said =
                resolved(
                        operation(method, path)
                                .tree()
                                .path("responses")
                                .path(Integer.toString(reply.statusCode())));
        if (said.isMissingNode()) {
            return List.of("status " + reply.statusCode());
        }
        List<String> errors = new ArrayList<>();
        said.path("headers")
                .properties()
                .forEach(
                        header -> {
                            boolean isThere =
                                    reply.headers().firstValue(header.getKey()).isPresent();
                            if (header.getValue().path("required").asBoolean() && !isThere) {
                                errors.add("no header " + header.getKey());
                            }
                        });
        String type = reply.headers().firstValue("Content-Type").orElse("");
        JsonNode content = said.path("content");
        if (content.isEmpty() != type.isEmpty() || !(type.isEmpty() || content.has(type))) {
            errors.add("content type " + type);
        } else if (type.equals("application/json")) {
            errors.addAll(errors(content.path(type).path("schema"), reply.body()));
        }
        return errors;
    }

    /** What is wrong with a text by a schema of this document. */
    List<String> errors(JsonNode schema, byte[] text) throws IOException {
        ObjectNode root = MAPPER.createObjectNode();
        root.putArray("allOf").add(closed(schema));
        root.set("components", components);
        return messages(SCHEMAS.getSchema(root), MAPPER.readTree(text));
    }

    /** What is wrong with {@code tree} by a schema that was published. */
    static List<String> errors(JsonNode schema, JsonNode tree) {
        return messages(SCHEMAS.getSchema(schema), tree);
    }

    private static List<String> messages(JsonSchema schema, JsonNode tree) {
        return schema.validate(tree).stream().map(Object::toString).toList();
    }

    /**
     * The same, and objects have nothing but what is said of them: so a reply that tells more than
     * the document is found too.
     */
    private static JsonNode closed(JsonNode node) {
        JsonNode copy = node.deepCopy();
        close(copy);
        return copy;
    }

    private static void close(JsonNode node) {
        node.forEach(OpenApi::close);
        if (node instanceof ObjectNode object
                && object.path("type").asText().equals("object")
                && !object.has("additionalProperties")) {
            object.put("additionalProperties", false);
        }
    }
}
