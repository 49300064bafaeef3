package dev.snug.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** Calls over real sockets: the oracle is the text on the wire (RFC 9112). */
class HttpFrontTest {
    private static final Access ANYBODY = Access.ANYBODY;
    private static final Access OPEN = Access.open(Scope.STATUS);

    @TempDir Path folder;

    @Test
    void aRouteAnswersWithTheHeadersThatEveryReplyHas() throws IOException {
        Route hello = Route.get("/hello/{name}", ANYBODY, call -> hello(call.segment("name")));
        try (TestFront front = TestFront.open(folder, hello)) {
            String answer = front.ask(TestFront.get("/hello/b%C3%A9?x=1"));

            assertThat(answer)
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .endsWith("\r\n\r\nhello bé")
                    .contains("Content-length: 9\r\n")
                    .contains("Content-security-policy: default-src 'self'; script-src 'self';")
                    .contains("X-content-type-options: nosniff\r\n")
                    .contains("Referrer-policy: same-origin\r\n")
                    .contains("Permissions-policy: camera=(self), microphone=()")
                    .contains("Cross-origin-opener-policy: same-origin\r\n")
                    .contains("Cross-origin-resource-policy: same-origin\r\n")
                    .contains("Cache-control: no-store\r\n")
                    .doesNotContain("Strict-transport-security");
        }
    }

    @Test
    void aHeadRequestGetsTheHeadOfTheGetAndNoBody() throws IOException {
        Route hello = Route.get("/hello", ANYBODY, call -> hello("you"));
        Route sound = Route.get("/s", ANYBODY, call -> Reply.stream("audio/wav", out -> {}));
        try (TestFront front = TestFront.open(folder, hello, sound)) {
            assertThat(front.ask(TestFront.request("HEAD /hello", "")))
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .containsIgnoringCase("Content-Length: 9\r\n")
                    .endsWith("\r\n\r\n");
            assertThat(front.ask(TestFront.request("HEAD /s", "")))
                    .startsWith("HTTP/1.1 200 OK\r\n")
                    .endsWith("\r\n\r\n");
        }
    }

    @Test
    void whatIsNotThereIs404AndTheWrongMethodIs405() throws IOException {
        Route hello = Route.get("/hello", ANYBODY, call -> hello("you"));
        try (TestFront front = TestFront.open(folder, hello)) {
            assertThat(front.ask(TestFront.get("/nothing")))
                    .startsWith("HTTP/1.1 404 Not Found\r\n")
                    .endsWith(
                            """
                            {
                              "error" : {
                                "message" : "There is nothing at this address",
                                "type" : "invalid_request_error",
                                "code" : "not_found",
                                "param" : null
                              }
                            }
                            """);
            assertThat(front.ask(TestFront.post("/hello", "")))
                    .startsWith("HTTP/1.1 405 Method Not Allowed\r\n")
                    .contains("Allow: GET, HEAD\r\n");
            assertThat(front.ask(TestFront.get("/a/%2e%2e/b"))).startsWith("HTTP/1.1 400 ");
            assertThat(front.ask(TestFront.get("/%zz"))).startsWith("HTTP/1.1 400 ");
        }
    }

    @Test
    void aConnectionIsKeptForTheNextCall() throws IOException {
        Route hello = Route.get("/hello", ANYBODY, call -> hello("you"));
        try (TestFront front = TestFront.open(folder, hello);
                Socket socket = front.connect()) {
            TestFront.send(socket, "GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n");
            TestFront.send(socket, TestFront.get("/hello"));

            String answers = TestFront.all(socket);
            assertThat(answers.split("hello you", -1)).hasSize(3);
        }
    }

    @Test
    void anErrorHasItsStatusAndSaysWhenToComeAgain() throws IOException {
        Route no =
                Route.post(
                        "/no",
                        OPEN,
                        call -> {
                            throw HttpException.of(429, "queue_full", "Full")
                                    .about("text")
                                    .retryAfter(Duration.ofMillis(1200));
                        });
        try (TestFront front = TestFront.open(folder, no)) {
            assertThat(front.ask(TestFront.post("/no", "")))
                    .startsWith("HTTP/1.1 429 ")
                    .contains("Retry-after: 2\r\n")
                    .contains("\"code\" : \"queue_full\"")
                    .contains("\"param\" : \"text\"");
        }
    }

    @Test
    void anErrorThatNobodyForesawIsANumberForTheClientAndALineForTheLog() throws Exception {
        Route broken =
                Route.get(
                        "/broken/{id}",
                        OPEN,
                        call -> {
                            throw new IllegalStateException("no \"luck\"\nfake line");
                        });
        try (TestFront front = TestFront.open(folder, broken)) {
            String answer = front.ask(TestFront.get("/broken/secret?q=secret"));

            assertThat(answer).startsWith("HTTP/1.1 500 ").doesNotContain("luck");
            int at = answer.indexOf("in the log is ") + "in the log is ".length();
            String number = answer.substring(at, at + 8);
            assertThat(front.logWith("error_id"))
                    .contains(" error GET /broken/{id} 500 in=0 out=")
                    .contains("error_id=\"" + number + "\"")
                    .contains("IllegalStateException: no \\\"luck\\\"\\u000afake line")
                    .doesNotContain("secret")
                    .hasLineCount(1);
        }
    }

    @Test
    void aPageTellsPeopleOfAnErrorWhereThereIsOne() throws IOException {
        ErrorPages pages =
                (call, error) ->
                        call.header("accept").orElse("").contains("text/html")
                                ? java.util.Optional.of(
                                        Reply.html(error.status(), "<p>" + error.code()))
                                : java.util.Optional.empty();
        Guard nobody =
                (call, access) -> {
                    throw HttpException.of(401, "sign_in", "Sign in");
                };
        Route hello = Route.get("/hello", OPEN, call -> hello("you"));
        try (TestFront front = TestFront.open(TestFront.settings(folder), nobody, pages, hello)) {
            assertThat(front.ask(TestFront.get("/hello", "Accept: text/html")))
                    .startsWith("HTTP/1.1 401 ")
                    .endsWith("\r\n\r\n<p>sign_in");
            assertThat(front.ask(TestFront.get("/hello")))
                    .contains("Www-authenticate: Bearer\r\n")
                    .contains("\"code\" : \"sign_in\"");
        }
    }

    @Test
    void pagesOfOthersAreRefused() throws IOException {
        Route hello = Route.get("/hello", OPEN, call -> hello("you"));
        Route act = Route.post("/act", OPEN, call -> hello("done"));
        try (TestFront front = TestFront.open(folder, hello, act)) {
            assertThat(front.ask(TestFront.get("/hello", "Host: evil.example")))
                    .startsWith("HTTP/1.1 421 ");
            assertThat(front.ask(TestFront.post("/act", "", "Origin: https://evil.example")))
                    .startsWith("HTTP/1.1 403 ")
                    .contains("\"code\" : \"cross_site\"");
            assertThat(front.ask(TestFront.post("/act", "", "Origin: http://localhost")))
                    .startsWith("HTTP/1.1 200 ");
            assertThat(front.ask("GET /hello HTTP/1.1\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 400 ");
        }
    }

    @Test
    void aTrustedProxySaysWhoAsksAndHow() throws IOException {
        Route who =
                Route.get(
                        "/who",
                        OPEN,
                        call ->
                                Reply.json(
                                        200,
                                        Map.of(
                                                "client",
                                                call.client().getHostAddress(),
                                                "secure",
                                                call.isSecure())));
        String[] lines = {
            "Host: snug.example",
            "X-Forwarded-For: 1.2.3.4, 203.0.113.7",
            "X-Forwarded-Proto: https"
        };
        FrontSettings trusting = TestFront.settings(folder).withTrustProxy(true);
        try (TestFront front = TestFront.open(trusting, who)) {
            assertThat(front.ask(TestFront.get("/who", lines)))
                    .contains("Strict-transport-security: max-age=")
                    .contains("\"client\" : \"203.0.113.7\"")
                    .contains("\"secure\" : true");
            assertThat(front.ask(TestFront.get("/who", "X-Forwarded-For: unknown")))
                    .contains("\"client\" : \"127.0.0.1\"");
        }
        lines[0] = "Host: localhost";
        try (TestFront front = TestFront.open(folder, who)) {
            assertThat(front.ask(TestFront.get("/who", lines)))
                    .contains("\"client\" : \"127.0.0.1\"")
                    .contains("\"secure\" : false");
        }
    }

    @Test
    void theGuardSeesTheCallFirstAndBothSeeItsForm() throws IOException {
        Guard guard =
                (call, access) -> {
                    assertThat(call.caller()).isSameAs(Caller.NOBODY);
                    try {
                        if (!"t".equals(call.form().get("csrf"))) {
                            throw HttpException.of(403, "forged", "Forged");
                        }
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                    String name = call.cookie("name").orElse("nobody");
                    return new Caller(name, Set.of(access.scope()), null);
                };
        Route say =
                Route.post(
                        "/say",
                        OPEN,
                        call -> hello(call.caller().account() + call.form().get("text")));
        try (TestFront front =
                TestFront.open(TestFront.settings(folder), guard, ErrorPages.NONE, say)) {
            String[] lines = {
                "Content-Type: application/x-www-form-urlencoded", "Cookie: a=b; name=an"
            };
            assertThat(front.ask(TestFront.post("/say", "csrf=t&text=+ch%C3%A0o", lines)))
                    .endsWith("hello an chào");
            assertThat(front.ask(TestFront.post("/say", "csrf=x", lines)))
                    .contains("\"code\" : \"forged\"");
            assertThat(front.ask(TestFront.post("/say", "{}", "Content-Type: text/plain")))
                    .startsWith("HTTP/1.1 415 ");
        }
    }

    @Test
    void callsAreCountedByRouteAndNotByPath() throws Exception {
        Route hello = Route.get("/hello/{name}", ANYBODY, call -> hello(call.segment("name")));
        try (TestFront front = TestFront.open(folder, hello)) {
            front.ask(TestFront.get("/hello/a"));
            front.ask(TestFront.get("/hello/b?c=d"));
            front.ask(TestFront.request("BREW /pot", ""));
            String hellos =
                    "snug_http_requests_total{route=\"/hello/{name}\",method=\"GET\","
                            + "status=\"200\"} 2\n";
            front.metricsWith(hellos);
            assertThat(front.metricsWith("status=\"404\"} 1\n"))
                    .contains(hellos)
                    .contains(
                            "snug_http_requests_total{route=\"-\",method=\"other\","
                                    + "status=\"404\"} 1\n")
                    .contains(
                            "snug_http_request_duration_seconds_count"
                                    + "{route=\"/hello/{name}\"} 2\n")
                    .contains("# TYPE snug_http_requests_in_flight gauge\n");
        }
    }

    @Test
    void aHeaderThatNobodyCanSendIsAnErrorAndNotHalfAReply() throws IOException {
        Route split =
                Route.get("/split", OPEN, call -> hello("x").with("X-Name", "a\r\nX-Evil: 1"));
        try (TestFront front = TestFront.open(folder, split)) {
            assertThat(front.ask(TestFront.get("/split")))
                    .startsWith("HTTP/1.1 500 ")
                    .doesNotContainIgnoringCase("X-Evil");
        }
    }

    private static Reply hello(String name) {
        return Reply.text(200, "hello " + name);
    }
}
