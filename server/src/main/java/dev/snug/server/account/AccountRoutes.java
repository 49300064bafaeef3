package dev.snug.server.account;

import dev.snug.runtime.json.Fields;
import dev.snug.runtime.json.Json;
import dev.snug.runtime.json.JsonException;
import dev.snug.runtime.json.JsonLimits;
import dev.snug.server.http.Access;
import dev.snug.server.http.Call;
import dev.snug.server.http.HttpException;
import dev.snug.server.http.Reply;
import dev.snug.server.http.Route;
import dev.snug.server.http.Scope;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** Sessions, tokens and accounts as JSON; times are whole seconds since 1970. */
public final class AccountRoutes {
    private static final JsonLimits LIMITS = new JsonLimits(16 << 10, 64, 4, 4096);

    private final SignIn signIn;
    private final Accounts accounts;
    private final ApiTokens tokens;

    /** Routes to these. */
    public AccountRoutes(SignIn signIn, Accounts accounts, ApiTokens tokens) {
        this.signIn = signIn;
        this.accounts = accounts;
        this.tokens = tokens;
    }

    /** All of them. */
    public List<Route> routes() {
        return List.of(
                Route.post("/v1/session", Access.ANYBODY, this::begin),
                Route.post("/v1/session/end", Access.signedIn(Scope.STATUS), this::end),
                Route.get("/v1/tokens", Access.signedIn(Scope.ADMIN), this::tokens),
                Route.post("/v1/tokens", Access.signedIn(Scope.ADMIN), this::make),
                Route.post("/v1/tokens/{id}/revoke", Access.signedIn(Scope.ADMIN), this::revoke),
                Route.get("/v1/accounts", Access.signedIn(Scope.ADMIN), this::accounts));
    }

    private record Credentials(String name, String password) {}

    private Reply begin(Call call) throws IOException {
        Credentials said;
        if (isJson(call)) {
            said =
                    read(
                            call,
                            fields ->
                                    new Credentials(fields.text("name"), fields.text("password")));
        } else {
            Map<String, String> form = call.form();
            said = new Credentials(field(form, "name"), field(form, "password"));
        }
        SignIn.Done done = signIn.with(call, said.name, said.password);
        Map<String, @Nullable Object> reply = new LinkedHashMap<>();
        reply.put("account", done.account());
        reply.put("csrf_token", done.csrfToken());
        return Reply.json(200, reply).with("Set-Cookie", done.setCookie());
    }

    private Reply end(Call call) {
        return Reply.json(200, Map.of("ended", true)).with("Set-Cookie", signIn.out(call));
    }

    private Reply tokens(Call call) {
        List<Map<String, @Nullable Object>> data = new ArrayList<>();
        for (ApiToken token : tokens.list(account(call))) {
            data.add(json(token));
        }
        return list(data);
    }

    private record Wish(String name, Set<Scope> scopes, long days) {}

    private Reply make(Call call) throws IOException {
        if (!isJson(call)) {
            throw HttpException.of(415, "bad_content_type", "send application/json");
        }
        Wish wish =
                read(
                        call,
                        fields ->
                                new Wish(
                                        fields.text("name"),
                                        scopes(fields.words("scopes", Scope.values().length)),
                                        fields.has("days")
                                                ? fields.whole("days")
                                                : ApiTokens.DAYS));
        // A token makes none that may do more than itself.
        for (Scope scope : wish.scopes) {
            if (!call.caller().scopes().contains(scope)) {
                throw HttpException.of(
                        403, "insufficient_scope", "this token lacks the scope " + scope.word());
            }
        }
        return answered(
                () -> {
                    int days = (int) Math.clamp(wish.days, 0, ApiTokens.DAYS_MOST + 1L);
                    ApiTokens.Made made = tokens.make(account(call), wish.name, wish.scopes, days);
                    Map<String, @Nullable Object> reply = new LinkedHashMap<>();
                    reply.put("token", made.token());
                    reply.putAll(json(made.known()));
                    return Reply.json(201, reply);
                });
    }

    private Reply revoke(Call call) {
        return answered(
                () -> {
                    tokens.revoke(account(call), id(call.segment("id")));
                    return Reply.json(200, Map.of("revoked", true));
                });
    }

    private Reply accounts(Call call) {
        List<Map<String, @Nullable Object>> data = new ArrayList<>();
        for (Account account : accounts.list()) {
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            one.put("name", account.name());
            one.put("created", account.isOfEnvironment() ? null : account.created() / 1000);
            one.put("environment", account.isOfEnvironment());
            data.add(one);
        }
        return list(data);
    }

    private static Reply list(List<Map<String, @Nullable Object>> data) {
        Map<String, @Nullable Object> reply = new LinkedHashMap<>();
        reply.put("object", "list");
        reply.put("data", data);
        return Reply.json(200, reply);
    }

    private static Map<String, @Nullable Object> json(ApiToken token) {
        List<String> scopes = new ArrayList<>();
        for (Scope scope : EnumSet.copyOf(token.scopes())) {
            scopes.add(scope.word());
        }
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", token.id());
        json.put("name", token.name());
        json.put("scopes", scopes);
        json.put("created", token.created() / 1000);
        json.put("expires", seconds(token.expires()));
        json.put("used", seconds(token.used()));
        return json;
    }

    private static @Nullable Long seconds(@Nullable Long millis) {
        return millis == null ? null : millis / 1000;
    }

    private static String account(Call call) {
        return Objects.requireNonNull(call.caller().account(), "the guard lets nobody in");
    }

    private static long id(String segment) {
        try {
            return Long.parseLong(segment);
        } catch (NumberFormatException e) {
            throw AccountException.missing("no token has the number " + Json.printable(segment));
        }
    }

    private static Set<Scope> scopes(List<String> words) {
        Set<Scope> scopes = EnumSet.noneOf(Scope.class);
        for (String word : words) {
            for (Scope scope : Scope.values()) {
                if (scope.word().equals(word)) {
                    scopes.add(scope);
                }
            }
        }
        if (scopes.size() != words.size()) {
            throw bad("scopes are classify, speak, jobs, status and admin, each once")
                    .about("scopes");
        }
        return scopes;
    }

    private static boolean isJson(Call call) {
        return call.header("Content-Type")
                .map(type -> type.toLowerCase(Locale.ROOT))
                .filter(type -> type.startsWith("application/json"))
                .isPresent();
    }

    private static <T> T read(Call call, Function<Fields, T> reader) throws IOException {
        byte[] body = call.body(LIMITS.bytes());
        try {
            return Fields.read(Json.parseObject(body, "the body", LIMITS), "the body", reader);
        } catch (JsonException e) {
            throw bad(String.valueOf(e.getMessage()));
        }
    }

    private static String field(Map<String, String> form, String name) {
        String value = form.get(name);
        if (value == null) {
            throw bad("the form lacks the field " + name).about(name);
        }
        return value;
    }

    private static HttpException bad(String message) {
        return HttpException.of(400, "bad_request", message);
    }

    /** What answers, or says what is wrong with accounts and tokens. */
    @FunctionalInterface
    private interface Answer {
        Reply reply();
    }

    private static Reply answered(Answer answer) {
        try {
            return answer.reply();
        } catch (AccountException e) {
            String message = String.valueOf(e.getMessage());
            throw switch (e.kind()) {
                case INVALID -> bad(message);
                case TAKEN -> HttpException.of(409, "taken", message);
                case MISSING -> HttpException.of(404, "not_found", message);
            };
        }
    }
}
