package dev.snug.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Map;

class RouterTest {
    private static final Route MODELS = get("/v1/models");
    private static final Route MODEL = get("/v1/models/{name}");
    private static final Route DEFAULT = get("/v1/models/default");
    private static final Route FILE = get("/v1/models/{name}/{file}");
    private static final Route ADD = Route.post("/v1/models", Access.ANYBODY, call -> answer());
    private static final Route HOME = get("/");
    private final Router router = new Router(List.of(MODEL, DEFAULT, MODELS, FILE, ADD, HOME));

    @Test
    void aLiteralSegmentGoesBeforeANamedOne() {
        assertThat(find("GET", "/v1/models/default").route()).isSameAs(DEFAULT);
        assertThat(find("GET", "/v1/models/other").route()).isSameAs(MODEL);
        assertThat(find("GET", "/").route()).isSameAs(HOME);
    }

    @Test
    void namedSegmentsAreDecoded() {
        Router.Match match = find("GET", "/v1/models/da%20li%E1%BB%85u+1/x.png");
        assertThat(match.route()).isSameAs(FILE);
        assertThat(match.segments())
                .containsExactlyInAnyOrderEntriesOf(Map.of("name", "da liễu+1", "file", "x.png"));
    }

    @Test
    void headIsAnsweredByGet() {
        assertThat(find("HEAD", "/v1/models").route()).isSameAs(MODELS);
        assertThat(find("POST", "/v1/models").route()).isSameAs(ADD);
    }

    @Test
    void aRouteMayDelete() {
        Route delete = Route.delete("/v1/models/{name}", Access.ANYBODY, call -> answer());
        Router both = new Router(List.of(MODEL, delete));
        assertThat(both.find("DELETE", List.of("v1", "models", "x")).route()).isSameAs(delete);
        assertThat(both.find("POST", List.of("v1", "models", "x")).allowed())
                .isEqualTo("DELETE, GET, HEAD");
    }

    @Test
    void whatIsNotThereHasNoMethodsAndWhatIsThereHas() {
        assertThat(find("DELETE", "/v1/models"))
                .isEqualTo(new Router.Match(null, Map.of(), "GET, HEAD, POST"));
        assertThat(find("GET", "/v2").allowed()).isEmpty();
        assertThat(find("GET", "/v1/models/").allowed()).isEmpty();
        assertThat(find("GET", "//v1/models").allowed()).isEmpty();
    }

    @Test
    void aPathThatCouldLeadElsewhereIsRefused() {
        for (String path :
                List.of(
                        "/a/../b",
                        "/a/%2e%2E/b",
                        "/.",
                        "/a%2Fb",
                        "/a%5cb",
                        "/a%00",
                        "/%e1",
                        "/%4")) {
            assertThatThrownBy(() -> Router.segments(path))
                    .as(path)
                    .isInstanceOfSatisfying(
                            HttpException.class, e -> assertThat(e.status()).isEqualTo(400));
        }
    }

    @Test
    void twoRoutesForTheSameAreAnError() {
        assertThatThrownBy(() -> new Router(List.of(MODEL, get("/v1/models/{id}"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("are the same");
        assertThatThrownBy(() -> new Router(List.of(get("v1"))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Router.Match find(String method, String path) {
        return router.find(method, Router.segments(path));
    }

    private static Route get(String path) {
        return Route.get(path, Access.ANYBODY, call -> answer());
    }

    private static Reply answer() {
        return Reply.text(200, "");
    }
}
