package dev.snug.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.cli.serve.Client.Answer;
import dev.snug.server.account.Sessions;
import dev.snug.server.store.Database;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * Who gets in: over HTTP, with accounts and tokens that the command line makes. The oracles are the
 * statuses and codes of the API, and that memory is told to nobody unknown.
 */
@Timeout(120)
final class ServedAccountsIT {
    private static final String PASSWORD = "correct horse";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String JSON = "application/json";
    private static final String MEMORY = "/v1/memory";
    private static final String SESSION = "/v1/session";
    private static final String CSRF = "X-CSRF-Token";
    private static final String WISH = "{\"name\":\"x\",\"scopes\":[\"status\"]}";

    @TempDir private Path folder;

    private Snug snug;

    @BeforeEach
    void prepare() throws Exception {
        snug = Snug.in(folder);
    }

    @Test
    void theFirstAccountComesByTheLinkAndSignsIn() throws Exception {
        try (Serving serving = snug.serve()) {
            Client nobody = serving.client();
            assertThat(nobody.get(MEMORY).status(401).code()).isEqualTo("sign_in_required");
            assertThat(nobody.bearing("snug_" + "x".repeat(40)).get(MEMORY).status(401).code())
                    .isEqualTo("bad_token");

            String path = serving.firstLink();
            String link = path.substring(path.indexOf('=') + 1);
            nobody.get(path).status(200);
            first(nobody, "x" + link).status(403);
            Answer made = first(nobody, link).status(303);
            assertThat(cookie(made)).startsWith("snug_session=");
            first(nobody, link).status(403);

            assertThat(signIn(nobody, "wrong password").status(401).code())
                    .isEqualTo("bad_credentials");
            Answer in = signIn(nobody, PASSWORD).status(200);
            Client known = nobody.with("Cookie", cookie(in));
            Answer memory = known.get(MEMORY).status(200);
            assertThat(memory.json().number("rss_mb")).isBetween(20.0, 400.0);
            mayNotForge(known, in.json().text("csrf_token"));
            ends(known, in.json().text("csrf_token"));
        }
    }

    private static Answer first(Client client, String link) throws Exception {
        String password = URLEncoder.encode(PASSWORD, StandardCharsets.UTF_8);
        return client.post(
                "/first",
                FORM,
                "link=%s&account=lan&password=%s&repeated=%s".formatted(link, password, password));
    }

    private static Answer signIn(Client client, String password) throws Exception {
        return client.post(
                SESSION, JSON, "{\"name\":\"lan\",\"password\":\"%s\"}".formatted(password));
    }

    private static String cookie(Answer answer) {
        return answer.header("set-cookie").split(";", -1)[0];
    }

    private static void mayNotForge(Client known, String csrf) throws Exception {
        for (Client forging : new Client[] {known, known.with(CSRF, "x" + csrf.substring(1))}) {
            Answer refused = forging.post("/v1/tokens", JSON, WISH).status(403);
            assertThat(refused.code()).isEqualTo("bad_csrf_token");
        }
        Answer elsewhere =
                known.with(CSRF, csrf)
                        .with("Origin", "https://elsewhere.example")
                        .post("/v1/tokens", JSON, WISH);
        assertThat(elsewhere.status()).isEqualTo(403);
        known.with(CSRF, csrf).post("/v1/tokens", JSON, WISH).status(201);
    }

    private static void ends(Client known, String csrf) throws Exception {
        known.with(CSRF, csrf).post(SESSION + "/end", JSON, "{}").status(200);
        assertThat(known.get(MEMORY).status(401).code()).isEqualTo("session_expired");
    }

    @Test
    void aSessionThatNobodyUsedForTooLongIsOver() throws Exception {
        snug.account("lan", PASSWORD);
        try (Serving serving = snug.serve()) {
            Answer in = signIn(serving.client(), PASSWORD).status(200);
            Client known = serving.client().with("Cookie", cookie(in));
            known.get(MEMORY).status(200);
            long idle = Sessions.IDLE_MOST.toMillis();
            try (Database database = Database.at(snug.data())) {
                database.write(all -> all.change("update session set used = used - ?", idle));
            }
            assertThat(known.get(MEMORY).status(401).code()).isEqualTo("session_expired");
        }
    }

    @Test
    void aTokenOfTheCommandLineOpensWhatItsScopesSay() throws Exception {
        snug.withClassifier().account("lan", PASSWORD);
        String pictures = snug.token("lan", "classify");
        String status = snug.token("lan", "status");
        try (Serving serving = snug.serve("--sign-in", "always")) {
            Client nobody = serving.client();
            assertThat(nobody.classify(Snug.PICTURE, "").status(401).code())
                    .isEqualTo("sign_in_required");

            Client classifying = nobody.bearing(pictures);
            classifying.classify(Snug.PICTURE, "").status(200);
            assertThat(classifying.speak("Một.").status(403).code())
                    .isEqualTo("insufficient_scope");
            assertThat(classifying.get(MEMORY).status(403).code()).isEqualTo("insufficient_scope");

            Client watching = nobody.bearing(status);
            watching.get(MEMORY).status(200);
            watching.classify(Snug.PICTURE, "").status(403);
            snug.done("account", "revoke", "lan", "2");
            assertThat(watching.get(MEMORY).status(401).code()).isEqualTo("bad_token");
        }
    }

    @Test
    void othersAreNotLetNearAServerWithoutAnAccount() throws Exception {
        Snug.Ended refused = snug.run("serve", "--port", "0", "--host", "0.0.0.0");

        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err())
                .contains("nobody could sign in", "snug account add", "SNUG_ADMIN_PASSWORD_HASH");
        assertThat(Serving.left(snug.data())).isEmpty();
    }

    @Test
    void withAHashInTheEnvironmentTheyMustSignIn() throws Exception {
        Snug.Ended hash = snug.typing(PASSWORD + "\n", "account", "hash", "--password-stdin");
        assertThat(hash.exitCode()).as(hash.err()).isZero();
        Snug open = snug.with("SNUG_ADMIN_PASSWORD_HASH", hash.text());
        try (Serving serving = open.serve("--host", "0.0.0.0")) {
            assertThat(serving.log()).doesNotContain("/first?link=");
            Client nobody = serving.client();
            assertThat(nobody.speak("Một.").status(401).code()).isEqualTo("sign_in_required");
            nobody.get("/livez").status(200);
            Answer in =
                    nobody.post(
                                    SESSION,
                                    JSON,
                                    "{\"name\":\"admin\",\"password\":\"%s\"}".formatted(PASSWORD))
                            .status(200);
            nobody.with("Cookie", cookie(in)).get(MEMORY).status(200);
        }
    }
}
