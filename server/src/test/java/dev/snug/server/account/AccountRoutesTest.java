package dev.snug.server.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.snug.runtime.json.Json;
import dev.snug.server.http.Access;
import dev.snug.server.http.Caller;
import dev.snug.server.http.HttpException;
import dev.snug.server.http.Reply;
import dev.snug.server.http.Route;
import dev.snug.server.http.Scope;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** The JSON of sessions, tokens and accounts, as docs/api.md has it. */
final class AccountRoutesTest {
    private static final Caller LAN = new Caller("lan", Set.of(Scope.values()), "csrf");

    private final House house = House.withLan();
    private final List<Route> routes =
            new AccountRoutes(house.signIn, house.accounts, house.tokens).routes();

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void jsonAndFormsSignIn() throws Exception {
        FakeCall json =
                FakeCall.post("/v1/session")
                        .json("{\"name\": \"lan\", \"password\": \"correct horse\"}");
        FakeCall form =
                FakeCall.post("/v1/session")
                        .form(Map.of("name", "lan", "password", House.PASSWORD));
        for (FakeCall call : List.of(json, form)) {
            Reply reply = answer("POST", "/v1/session", call);
            assertThat(reply.status()).isEqualTo(200);
            assertThat(object(reply)).containsEntry("account", "lan").containsKey("csrf_token");
            assertThat(reply.headers())
                    .anyMatch(
                            header ->
                                    header.name().equals("Set-Cookie")
                                            && header.value().startsWith("snug_session="));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"name\": \"lan\"}",
                "{\"name\": 1, \"password\": \"x\"}",
                "{\"name\": \"lan\", \"password\": \"x\", \"more\": 1}"
            })
    void whatIsNotTheObjectThatIsAskedForIsABadRequest(String body) {
        HttpException refused =
                refused("POST", "/v1/session", FakeCall.post("/v1/session").json(body));
        assertThat(refused.status()).isEqualTo(400);
    }

    @Test
    void whatIsNeitherJsonNorAFormIsRefused() {
        FakeCall call = FakeCall.post("/v1/session").header("Content-Type", "text/plain");
        assertThat(refused("POST", "/v1/session", call).status()).isEqualTo(415);
        assertThat(refused("POST", "/v1/tokens", call.by(LAN)).status()).isEqualTo(415);
    }

    @Test
    void aTokenIsShownOnceListedAndRevoked() throws Exception {
        FakeCall make =
                FakeCall.post("/v1/tokens")
                        .by(LAN)
                        .json(
                                "{\"name\": \"phone\", \"scopes\": [\"speak\", \"classify\"],"
                                        + " \"days\": 30}");
        Map<String, @Nullable Object> made = object(answer("POST", "/v1/tokens", make));
        assertThat((String) made.get("token")).matches("snug_[0-9A-Za-z]{40}");
        assertThat(made)
                .containsEntry("scopes", List.of("classify", "speak"))
                .containsEntry("created", 1_800_000_000L)
                .containsEntry("expires", 1_800_000_000L + 30 * 86_400)
                .containsEntry("used", null);

        assertThat(data(tokens()).getFirst())
                .doesNotContainKey("token")
                .containsEntry("id", made.get("id"));

        String id = String.valueOf(made.get("id"));
        FakeCall revoke = FakeCall.post("/v1/tokens/" + id + "/revoke").by(LAN).where("id", id);
        assertThat(object(answer("POST", "/v1/tokens/{id}/revoke", revoke)))
                .containsEntry("revoked", true);
        assertThat(data(tokens())).isEmpty();
        assertThat(refused("POST", "/v1/tokens/{id}/revoke", revoke).status()).isEqualTo(404);
    }

    @Test
    void aTokenOfAnotherAccountIsNotThere() {
        house.accounts.add("minh", House.PASSWORD);
        long id = house.tokens.make("minh", "x", List.of(Scope.SPEAK), 1).known().id();
        FakeCall revoke =
                FakeCall.post("/v1/tokens/x/revoke").by(LAN).where("id", String.valueOf(id));
        assertThat(refused("POST", "/v1/tokens/{id}/revoke", revoke).status()).isEqualTo(404);
        assertThat(house.tokens.list("minh")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"name\": \"x\", \"scopes\": []}",
                "{\"name\": \"x\", \"scopes\": [\"all\"]}",
                "{\"name\": \"x\", \"scopes\": [\"speak\", \"speak\"]}",
                "{\"name\": \"\", \"scopes\": [\"speak\"]}",
                "{\"name\": \"x\", \"scopes\": [\"speak\"], \"days\": 0}",
                "{\"name\": \"x\", \"scopes\": [\"speak\"], \"days\": 4294967297}"
            })
    void aTokenThatCannotBeIsABadRequest(String body) {
        FakeCall call = FakeCall.post("/v1/tokens").by(LAN).json(body);
        assertThat(refused("POST", "/v1/tokens", call).status()).isEqualTo(400);
        assertThat(house.tokens.list("lan")).isEmpty();
    }

    @Test
    void aTokenMakesNoneThatMayDoMoreThanItself() {
        Caller token = new Caller("lan", Set.of(Scope.ADMIN), null);
        FakeCall call =
                FakeCall.post("/v1/tokens")
                        .by(token)
                        .json("{\"name\": \"x\", \"scopes\": [\"speak\"]}");
        assertThat(refused("POST", "/v1/tokens", call).code()).isEqualTo("insufficient_scope");
    }

    @Test
    void anAccountHasAHundredTokens() {
        for (int i = 0; i < ApiTokens.PER_ACCOUNT; i++) {
            house.tokens.make("lan", "x", List.of(Scope.SPEAK), 1);
        }
        FakeCall call =
                FakeCall.post("/v1/tokens")
                        .by(LAN)
                        .json("{\"name\": \"x\", \"scopes\": [\"speak\"]}");
        assertThat(refused("POST", "/v1/tokens", call).status()).isEqualTo(409);
    }

    @Test
    void whenATokenWasLastUsedIsNotedOnceAMinute() throws Exception {
        ApiTokens.Made made = house.tokens.make("lan", "x", List.of(Scope.SPEAK), 1);
        house.tokens.use(made.token());
        house.clock.pass(Duration.ofSeconds(59));
        house.tokens.use(made.token());
        assertThat(data(tokens()).getFirst()).containsEntry("used", 1_800_000_000L);
        house.clock.pass(Duration.ofSeconds(1));
        house.tokens.use(made.token());
        assertThat(data(tokens()).getFirst()).containsEntry("used", 1_800_000_060L);
    }

    @Test
    void accountsAreListedWithoutTheirHashes() throws Exception {
        Reply reply = answer("GET", "/v1/accounts", FakeCall.get("/v1/accounts").by(LAN));
        assertThat(data(object(reply)))
                .containsExactly(
                        Map.of("name", "lan", "created", 1_800_000_000L, "environment", false));
    }

    @Test
    void onlySigningInIsForAnybody() {
        assertThat(routes)
                .filteredOn(route -> route.access().kind() != Access.Kind.SIGNED_IN)
                .extracting(Route::path)
                .containsExactly("/v1/session");
    }

    private Map<String, @Nullable Object> tokens() throws Exception {
        return object(answer("GET", "/v1/tokens", FakeCall.get("/v1/tokens").by(LAN)));
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, @Nullable Object>> data(Map<String, @Nullable Object> list) {
        return (List<Map<String, @Nullable Object>>) Objects.requireNonNull(list.get("data"));
    }

    private Reply answer(String method, String path, FakeCall call) throws Exception {
        for (Route route : routes) {
            if (route.method().equals(method) && route.path().equals(path)) {
                return route.handler().handle(call);
            }
        }
        throw new AssertionError("no route " + method + " " + path);
    }

    private HttpException refused(String method, String path, FakeCall call) {
        HttpException refused =
                catchThrowableOfType(HttpException.class, () -> answer(method, path, call));
        assertThat(refused).as("it was answered").isNotNull();
        return refused;
    }

    private static Map<String, @Nullable Object> object(Reply reply) {
        if (reply.body() instanceof Reply.Body.Bytes body) {
            return Json.parseObject(body.bytes(), "the reply");
        }
        throw new AssertionError("no bytes");
    }
}
