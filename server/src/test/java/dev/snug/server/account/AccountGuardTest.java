package dev.snug.server.account;

import static dev.snug.server.account.FakeCall.get;
import static dev.snug.server.account.FakeCall.post;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.snug.server.http.Access;
import dev.snug.server.http.Caller;
import dev.snug.server.http.HttpException;
import dev.snug.server.http.Scope;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Who is let in, and who is told why not. The oracles are issue 8's rules: open on loopback, wrong
 * token, expired session, forged call, scopes.
 */
final class AccountGuardTest {
    private static final Access CLASSIFY = Access.open(Scope.CLASSIFY);
    private static final Access STATUS = Access.signedIn(Scope.STATUS);

    private final House house = House.withLan();
    private final AccountGuard open = house.guard(true);
    private final AccountGuard closed = house.guard(false);

    @AfterEach
    void close() {
        house.close();
    }

    @Test
    void anOpenServerAdmitsNobodyToWhatIsOpenAndNotToTheRest() {
        assertThat(open.admit(post("/v1/classifications"), CLASSIFY)).isEqualTo(Caller.NOBODY);
        assertThat(refused(open, get("/v1/memory_status"), STATUS).code())
                .isEqualTo("sign_in_required");
    }

    @Test
    void anOpenServerNeverOpensTheDatabaseForNobody() {
        House untouched = House.empty();
        untouched.guard(true).admit(get("/livez"), Access.ANYBODY);
        untouched.guard(true).admit(post("/v1/speech"), Access.open(Scope.SPEAK));
        assertThat(untouched.database.isOpen()).isFalse();
    }

    @Test
    void aClosedServerAdmitsNobodyOnlyToWhatIsForAnybody() {
        assertThat(closed.admit(get("/sign-in"), Access.ANYBODY)).isEqualTo(Caller.NOBODY);
        HttpException refused = refused(closed, post("/v1/classifications"), CLASSIFY);
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.code()).isEqualTo("sign_in_required");
    }

    @Test
    void aTokenMayDoWhatItsScopesSayAndNoMore() {
        String token = token(Scope.CLASSIFY);

        Caller caller = closed.admit(post("/v1/classifications").bearer(token), CLASSIFY);
        HttpException refused = refused(closed, get("/metrics").bearer(token), STATUS);

        assertThat(caller).isEqualTo(new Caller("lan", java.util.Set.of(Scope.CLASSIFY), null));
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.code()).isEqualTo("insufficient_scope");
        assertThat(refused.words()).contains("status");
    }

    @Test
    void aRouteForEitherOfTwoScopesAdmitsATokenWithOneOfThem() {
        Access either = Access.openTo(Scope.SPEAK, Scope.CLASSIFY);

        closed.admit(post("/v2/models/m/infer").bearer(token(Scope.CLASSIFY)), either);
        closed.admit(post("/v2/models/m/infer").bearer(token(Scope.SPEAK)), either);
        String status = token(Scope.STATUS);
        assertThat(refused(closed, post("/v2/models/m/infer").bearer(status), either).status())
                .isEqualTo(403);
    }

    @Test
    void aWrongTokenIsAnErrorWhereSomebodyMustBeKnown() {
        for (String wrong :
                List.of("snug_" + "x".repeat(40), "sk-123", "", token(Scope.STATUS) + "x")) {
            HttpException refused = refused(closed, get("/metrics").bearer(wrong), STATUS);
            assertThat(refused.status()).isEqualTo(401);
            assertThat(refused.code()).isEqualTo("bad_token");
        }
    }

    @Test
    void aClientThatInsistsOnSendingSomeKeyWorksWithAnOpenServer() {
        assertThat(open.admit(post("/v1/speech").bearer("none"), Access.open(Scope.SPEAK)))
                .isEqualTo(Caller.NOBODY);
    }

    @Test
    void theSchemeOfATokenHasAnyCapitalsAndOtherSchemesAreNoToken() {
        String token = token(Scope.STATUS);
        assertThat(
                        closed.admit(
                                        get("/metrics").header("Authorization", "bearer " + token),
                                        STATUS)
                                .isKnown())
                .isTrue();
        assertThat(
                        refused(
                                        closed,
                                        get("/metrics").header("Authorization", "Basic eDp5"),
                                        STATUS)
                                .code())
                .isEqualTo("sign_in_required");
    }

    @Test
    void aSessionMayDoEverythingThatItsAccountMay() {
        String cookie = house.signedIn().setCookie();
        Caller caller = closed.admit(get("/memory").returning(cookie), STATUS);
        assertThat(caller.account()).isEqualTo("lan");
        assertThat(caller.scopes()).containsExactlyInAnyOrder(Scope.values());
        assertThat(caller.setCookie()).isNull();
    }

    @Test
    void aSessionThatEndedSaysSo() {
        String cookie = house.signedIn().setCookie();
        house.clock.pass(Sessions.IDLE_MOST);
        HttpException refused = refused(closed, get("/memory").returning(cookie), STATUS);
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.code()).isEqualTo("session_expired");
        assertThat(closed.admit(get("/sign-in").returning(cookie), Access.ANYBODY))
                .isEqualTo(Caller.NOBODY);
    }

    @Test
    void aForgedCallIsRefusedWhateverItsBody() {
        SignIn.Done lan = house.signedIn();
        List<FakeCall> forged =
                List.of(
                        post("/v1/tokens").json("{}"),
                        post("/v1/tokens").form(Map.of("name", "x")),
                        post("/v1/tokens").form(Map.of("csrf", "x".repeat(43))),
                        post("/v1/tokens").header("Content-Type", "multipart/form-data"),
                        post("/v1/tokens"),
                        post("/v1/tokens").header("X-CSRF-Token", ""),
                        post("/v1/tokens").query("csrf", lan.csrfToken() + "x"));
        for (FakeCall call : forged) {
            HttpException refused = refused(closed, call.returning(lan.setCookie()), STATUS);
            assertThat(refused.status()).isEqualTo(403);
            assertThat(refused.code()).isEqualTo("bad_csrf_token");
        }
    }

    @Test
    void aForgedCallIsRefusedOnAnOpenServerToo() {
        String cookie = house.signedIn().setCookie();
        assertThat(refused(open, post("/v1/speech").returning(cookie), CLASSIFY).code())
                .isEqualTo("bad_csrf_token");
    }

    @Test
    void aForgedCallToARouteForAnybodyIsNobodys() {
        String cookie = house.signedIn().setCookie();
        assertThat(closed.admit(post("/v1/session").returning(cookie), Access.ANYBODY))
                .isEqualTo(Caller.NOBODY);
    }

    @Test
    void aGenuineCallCarriesTheTokenInAHeaderAFieldOrTheAddress() {
        SignIn.Done lan = house.signedIn();
        List<FakeCall> genuine =
                List.of(
                        post("/v1/tokens").header("x-csrf-token", lan.csrfToken()),
                        post("/v1/tokens").form(Map.of("csrf", lan.csrfToken())),
                        post("/skin")
                                .header("Content-Type", "multipart/form-data")
                                .query("csrf", lan.csrfToken()));
        for (FakeCall call : genuine) {
            Caller caller = closed.admit(call.returning(lan.setCookie()), STATUS);
            assertThat(caller.account()).isEqualTo("lan");
            assertThat(caller.csrfToken()).isEqualTo(lan.csrfToken());
        }
    }

    @Test
    void theTokenOfOneSessionIsWorthNothingInAnother() {
        SignIn.Done one = house.signedIn();
        SignIn.Done other = house.signedIn();
        FakeCall call =
                post("/v1/tokens")
                        .header("X-CSRF-Token", other.csrfToken())
                        .returning(one.setCookie());
        assertThat(refused(closed, call, STATUS).code()).isEqualTo("bad_csrf_token");
    }

    @Test
    void aCallWithATokenNeedsNoProofThatItIsGenuine() {
        assertThat(closed.admit(post("/v1/x").bearer(token(Scope.STATUS)), STATUS).isKnown())
                .isTrue();
    }

    @Test
    void anOldCookieIsReplacedWithTheReplyOfAPageAndNotOfAStyleSheetOrAForm() {
        SignIn.Done lan = house.signedIn();
        house.clock.pass(Sessions.ROTATION);
        FakeCall style = get("/style.css").returning(lan.setCookie());
        FakeCall form =
                post("/x").header("X-CSRF-Token", lan.csrfToken()).returning(lan.setCookie());
        FakeCall page = get("/memory").secure().cookie("__Host-snug_session", value(lan));

        assertThat(closed.admit(style, Access.ANYBODY).setCookie()).isNull();
        assertThat(closed.admit(form, STATUS).setCookie()).isNull();
        assertThat(closed.admit(page, STATUS).setCookie())
                .startsWith("__Host-snug_session=")
                .endsWith("; Path=/; HttpOnly; SameSite=Strict; Secure")
                .doesNotContain(value(lan));
    }

    @Test
    void overHttpsACookieOfAnInsecurePageCountsNothing() {
        SignIn.Done lan = house.signedIn();
        FakeCall call = get("/memory").secure().returning(lan.setCookie());
        assertThat(refused(closed, call, STATUS).code()).isEqualTo("sign_in_required");
    }

    @Test
    void aStoreThatFailsIsAnErrorOfTheServerExceptForAnybody(
            @org.junit.jupiter.api.io.TempDir java.nio.file.Path folder) throws Exception {
        java.nio.file.Files.writeString(folder.resolve("server.db"), "no database ".repeat(100));
        try (House broken = House.in(folder, null)) {
            FakeCall call = get("/memory").bearer("snug_" + "x".repeat(40));
            AccountGuard guard = broken.guard(false);
            HttpException refused = refused(guard, call, STATUS);
            refused(guard, call, STATUS);
            assertThat(broken.log).singleElement().asString().contains("server.db", "damaged");
            assertThat(refused.status()).isEqualTo(503);
            assertThat(refused.words()).doesNotContain(folder.toString());
            assertThat(broken.guard(false).admit(call, Access.ANYBODY)).isEqualTo(Caller.NOBODY);
        }
    }

    @Test
    void aTokenEndsWithItsTimeItsAccountAndItsRevocation() {
        String old = token(Scope.STATUS);
        house.clock.pass(Duration.ofDays(ApiTokens.DAYS));
        ApiTokens.Made revoked =
                house.tokens.make("lan", "x", List.of(Scope.STATUS), ApiTokens.DAYS);
        house.tokens.revoke("lan", revoked.known().id());
        String orphan = token(Scope.STATUS);
        house.accounts.remove("lan");
        for (String token : List.of(old, revoked.token(), orphan)) {
            assertThat(refused(closed, get("/metrics").bearer(token), STATUS).code())
                    .isEqualTo("bad_token");
        }
    }

    private String token(Scope scope) {
        return house.tokens.make("lan", "test", List.of(scope), ApiTokens.DAYS).token();
    }

    private static String value(SignIn.Done done) {
        return done.setCookie().substring("snug_session=".length(), done.setCookie().indexOf(';'));
    }

    private static HttpException refused(AccountGuard guard, FakeCall call, Access access) {
        HttpException refused =
                catchThrowableOfType(HttpException.class, () -> guard.admit(call, access));
        assertThat(refused).as("it was let in").isNotNull();
        return refused;
    }
}
