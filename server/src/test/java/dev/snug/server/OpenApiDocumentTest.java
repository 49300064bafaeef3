package dev.snug.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The document by itself. The oracles are the schema that was published for OpenAPI 3.1, that of
 * JSON Schema, and what the text of OpenAPI asks beyond them.
 */
final class OpenApiDocumentTest {
    private static final String PUBLISHED = "/openapi/schema-3.1.json";

    @Test
    void theDocumentIsOneOfOpenApi() throws Exception {
        JsonNode published = OpenApi.resource(PUBLISHED);

        assertThat(OpenApi.errors(published, OpenApi.shipped().tree())).isEmpty();
    }

    @Test
    void theSchemaOfOpenApiFindsWhatIsWrong() throws Exception {
        JsonNode published = OpenApi.resource(PUBLISHED);
        ObjectNode wrong = OpenApi.shipped().tree().deepCopy();
        ((ObjectNode) wrong.at("/paths/~1livez/get")).put("summery", "x");
        assertThat(OpenApi.errors(published, wrong)).isNotEmpty();

        wrong = OpenApi.shipped().tree().deepCopy();
        ((ObjectNode) wrong.at("/components/parameters/Name")).remove("in");
        assertThat(OpenApi.errors(published, wrong)).isNotEmpty();
    }

    @Test
    void everySchemaIsOneOfJsonSchemaWithWordsThatItKnows() throws Exception {
        JsonSchema published =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                        .getSchema(
                                SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        Set<String> words = new TreeSet<>();
        for (JsonNode schema : schemas()) {
            assertThat(published.validate(schema)).as(schema.toString()).isEmpty();
            words(schema, words);
        }

        assertThat(words)
                .isSubsetOf(
                        ("$ref additionalProperties anyOf const contentEncoding default description"
                                        + " enum format items maxItems maxLength maximum minItems"
                                        + " minLength minimum oneOf pattern properties required"
                                        + " type uniqueItems")
                                .split(" "));
    }

    private static List<JsonNode> schemas() throws Exception {
        JsonNode document = OpenApi.shipped().tree();
        List<JsonNode> schemas = new ArrayList<>(document.findValues("schema"));
        document.at("/components/schemas").forEach(schemas::add);
        return schemas;
    }

    private static void words(JsonNode schema, Set<String> words) {
        schema.properties()
                .forEach(
                        each -> {
                            words.add(each.getKey());
                            switch (each.getKey()) {
                                case "properties" -> each.getValue().forEach(s -> words(s, words));
                                case "anyOf", "oneOf" ->
                                        each.getValue().forEach(s -> words(s, words));
                                case "items", "additionalProperties" ->
                                        words(each.getValue(), words);
                                default -> {}
                            }
                        });
    }

    @Test
    void whatIsRequiredOfAnObjectIsSaidOfIt() throws Exception {
        for (JsonNode schema : schemas()) {
            List<JsonNode> objects = new ArrayList<>(schema.findParents("required"));
            for (JsonNode object : objects) {
                if (object.path("required").isArray()) {
                    assertThat(names(object.path("properties")))
                            .as(object.toString())
                            .containsAll(OpenApi.words(object.path("required")));
                }
            }
        }
    }

    @Test
    void everyReferenceLeadsSomewhereAndAllThatIsNamedIsReferredTo() throws Exception {
        OpenApi document = OpenApi.shipped();
        Set<String> references = new TreeSet<>(document.tree().findValuesAsText("$ref"));
        assertThat(references).noneMatch(each -> document.target(each).isMissingNode());

        Set<String> named = new TreeSet<>();
        for (String kind : List.of("schemas", "parameters", "responses")) {
            names(document.tree().at("/components/" + kind))
                    .forEach(name -> named.add("#/components/" + kind + "/" + name));
        }
        named.removeAll(references);
        assertThat(named)
                .containsExactlyInAnyOrder(
                        // Of addresses with no operation of a method, and within a stream.
                        "#/components/responses/MethodNotAllowed",
                        "#/components/schemas/SpeechEvent");
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new TreeSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    @Test
    void everyOperationHasANameOfItsOwnAWordOfWhatItDoesAndAKnownGroup() throws Exception {
        OpenApi document = OpenApi.shipped();
        Set<String> groups = new HashSet<>(document.tree().path("tags").findValuesAsText("name"));
        Set<String> ids = new HashSet<>();
        for (OpenApi.Operation operation : document.operations()) {
            JsonNode tree = operation.tree();
            assertThat(ids.add(tree.path("operationId").asText())).as(operation.name()).isTrue();
            assertThat(tree.path("operationId").asText()).matches("[a-z][A-Za-z0-9]+");
            assertThat(tree.path("summary").asText()).as(operation.name()).isNotBlank();
            assertThat(tree.path("security").isArray()).as(operation.name()).isTrue();
            assertThat(groups).containsAll(OpenApi.words(tree.path("tags")));
            assertThat(names(tree.path("responses")))
                    .as(operation.name())
                    .anyMatch(status -> status.startsWith("2"))
                    .contains("400", "421", "500", "503");
        }
    }

    @Test
    void theParametersOfAPathAreThoseOfItsOperationsAndNoneIsThereTwice() throws Exception {
        OpenApi document = OpenApi.shipped();
        for (OpenApi.Operation operation : document.operations()) {
            List<String> inPath = new ArrayList<>();
            Set<String> all = new HashSet<>();
            for (JsonNode each : operation.tree().path("parameters")) {
                JsonNode parameter = document.resolved(each);
                String name = parameter.path("name").asText();
                assertThat(all.add(parameter.path("in").asText() + " " + name)).isTrue();
                if (parameter.path("in").asText().equals("path")) {
                    inPath.add(name);
                }
            }
            List<String> templates =
                    Pattern.compile("\\{(\\w+)}")
                            .matcher(operation.path())
                            .results()
                            .map(match -> match.group(1))
                            .toList();
            assertThat(inPath).as(operation.name()).isEqualTo(templates);
        }
    }

    @Test
    void everySecuritySchemeThatIsNamedIsThere() throws Exception {
        OpenApi document = OpenApi.shipped();
        Set<String> schemes = names(document.tree().at("/components/securitySchemes"));
        for (OpenApi.Operation operation : document.operations()) {
            operation
                    .tree()
                    .path("security")
                    .forEach(way -> assertThat(schemes).containsAll(names(way)));
        }
    }
}
