package dev.snug.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.snug.server.http.Access;
import dev.snug.server.http.Route;
import dev.snug.server.http.Scope;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The document against the routes of a server. The oracle is what the server routes and guards. */
final class OpenApiRoutesTest {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    @TempDir private Path folder;

    private List<Route> routes() throws Exception {
        try (WholeServer server = new WholeServer(folder)) {
            return server.api;
        }
    }

    @Test
    void theDocumentHasEveryRouteOfTheApiAndNoOther() throws Exception {
        List<String> routes =
                routes().stream().map(each -> each.method() + " " + each.path()).toList();

        assertThat(OpenApi.shipped().operations())
                .extracting(OpenApi.Operation::name)
                .containsExactlyInAnyOrderElementsOf(routes)
                .hasSizeGreaterThan(40);
    }

    @Test
    void whoMayUseARouteIsWhatItsOperationSays() throws Exception {
        OpenApi document = OpenApi.shipped();
        Map<String, String> said =
                document.operations().stream()
                        .collect(
                                Collectors.toMap(
                                        OpenApi.Operation::name,
                                        each -> each.tree().path("security").toString()));

        for (Route route : routes()) {
            assertThat(said.get(route.method() + " " + route.path()))
                    .as(route.path())
                    .isEqualTo(security(route).toString());
        }
    }

    /** A session has every scope, and proves with a second value that its call is not forged. */
    private static ArrayNode security(Route route) {
        Access access = route.access();
        ArrayNode ways = NODES.arrayNode();
        if (access.kind() == Access.Kind.ANYBODY) {
            return ways;
        }
        if (access.kind() == Access.Kind.OPEN_ON_LOOPBACK) {
            ways.addObject();
        }
        List<Scope> scopes = new ArrayList<>(List.of(access.scope()));
        Scope or = access.or();
        if (or != null) {
            scopes.add(or);
        }
        scopes.forEach(each -> ways.add(way("token", each)));
        for (Scope scope : scopes) {
            ObjectNode way = way("session", scope);
            if (!route.method().equals("GET")) {
                way.putArray("csrf");
            }
            ways.add(way);
        }
        return ways;
    }

    private static ObjectNode way(String scheme, Scope scope) {
        ObjectNode way = NODES.objectNode();
        way.putArray(scheme).add(scope.word());
        return way;
    }

    @Test
    void whatNeedsSomebodyMaySayThatNobodyIsKnownOrMay() throws Exception {
        for (OpenApi.Operation operation : OpenApi.shipped().operations()) {
            boolean needsSomebody = !operation.tree().path("security").isEmpty();
            assertThat(operation.tree().path("responses").has("403"))
                    .as(operation.name())
                    .isEqualTo(needsSomebody);
            if (needsSomebody) {
                assertThat(operation.tree().path("responses").has("401"))
                        .as(operation.name())
                        .isTrue();
            }
        }
    }
}
