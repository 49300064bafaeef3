package dev.snug.server.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.server.api.OverlayLinks;
import dev.snug.server.api.Reports;
import dev.snug.server.http.Caller;
import dev.snug.server.http.Handler;
import dev.snug.server.http.HttpException;
import dev.snug.server.http.Reply;
import dev.snug.server.http.Route;
import dev.snug.server.http.Scope;
import dev.snug.server.settings.HeatMaps;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;

/** Pages without a browser: what they hold, and where errors lead. */
final class PagesTest {
    @TempDir private Path folder;
    private final FakeAnswering answering = new FakeAnswering();
    private final Pages pages = pages(HeatMaps.AUTO);

    private Pages pages(HeatMaps heatMaps) {
        return new Pages(
                answering,
                new OverlayLinks(folder, System::nanoTime),
                new Reports(answering, folder, 8 << 20, InstantSource.system()),
                new FakeSignIns(),
                new PageSettings(heatMaps, 2000, 8 << 20, 64 << 20));
    }

    @Test
    void what_comes_from_outside_is_escaped() throws Exception {
        String evil = "\"><script>alert(1)</script>";
        String page =
                body(
                        answer(
                                pages,
                                "POST",
                                "/sign-in",
                                FakeCall.get("/sign-in").field("account", evil)));
        assertThat(page).doesNotContain("<script>alert").contains("&lt;script&gt;");
        Caller caller = new Caller(evil, Set.of(Scope.values()), evil);
        for (String path : new String[] {"/", "/speak", "/models", "/memory", "/tokens"}) {
            assertThat(body(answer(pages, "GET", path, FakeCall.get(path).as(caller))))
                    .as(path)
                    .doesNotContain("<script>alert");
        }
    }

    @Test
    void without_models_pages_say_how_to_get_them() throws Exception {
        answering.hasModels = false;
        assertThat(get("/")).contains("snug pull sklesion").doesNotContain("<form id=\"skin\"");
        assertThat(get("/speak")).contains("snug import").doesNotContain("<textarea");
        assertThat(get("/models")).contains("snug pull sklesion");
    }

    @Test
    void where_heat_maps_are_off_the_page_says_so() throws Exception {
        String page = body(answer(pages(HeatMaps.OFF), "GET", "/", FakeCall.get("/")));
        assertThat(page).contains("switched off").contains("disabled");
        assertThat(get("/")).doesNotContain("switched off on this server, to save");
    }

    @Test
    void no_page_has_a_script_or_style_of_its_own() throws Exception {
        Caller caller = new Caller("an", Set.of(Scope.values()), "token");
        for (String path : new String[] {"/", "/speak", "/models", "/memory", "/tokens"}) {
            String page = body(answer(pages, "GET", path, FakeCall.get(path).as(caller)));
            assertThat(page)
                    .as(path)
                    .doesNotContain("style=", "<style", "onclick=", "onload=", "<script>")
                    .contains("<html lang=\"en\">", "name=\"csrf\" content=\"token\"");
        }
    }

    @Test
    void a_language_that_is_asked_for_is_kept() throws Exception {
        Reply reply = answer(pages, "GET", "/", FakeCall.get("/").query("lang", "vi"));
        assertThat(body(reply)).contains("<html lang=\"vi\">");
        assertThat(header(reply, "Set-Cookie")).startsWith("snug_lang=vi; Path=/; Max-Age=");
        assertThat(header(answer(pages, "GET", "/", FakeCall.get("/")), "Set-Cookie")).isEmpty();
    }

    @Test
    void files_are_kept_for_good_under_the_hash_of_their_content() throws Exception {
        String page = get("/");
        int start = page.indexOf("/assets/style-");
        String path = page.substring(start, page.indexOf('"', start));
        Reply reply = answer(pages, "GET", "/assets/{file}", FakeCall.get(path));
        assertThat(header(reply, "Cache-Control")).contains("immutable");
        FakeCall again = FakeCall.get(path).header("If-None-Match", header(reply, "ETag"));
        assertThat(answer(pages, "GET", "/assets/{file}", again).status()).isEqualTo(304);
        assertThatThrownBy(
                        () ->
                                answer(
                                        pages,
                                        "GET",
                                        "/assets/{file}",
                                        FakeCall.get("/assets/messages_en.properties")))
                .isInstanceOf(HttpException.class);
    }

    @Test
    void an_error_is_a_page_for_people_and_nothing_for_programs() {
        HttpException missing = HttpException.of(404, "not_found", "there is no such thing");
        FakeCall person = FakeCall.get("/x").header("Accept", "text/html,*/*");
        assertThat(pages.errorPage(person, missing))
                .hasValueSatisfying(
                        reply ->
                                assertThat(body(reply))
                                        .contains("There is nothing at this address"));
        assertThat(pages.errorPage(FakeCall.get("/x"), missing)).isEmpty();
        FakeCall api = FakeCall.get("/v1/x").header("Accept", "text/html");
        assertThat(pages.errorPage(api, missing)).isEmpty();
    }

    @Test
    void who_must_sign_in_is_led_there_and_back_to_this_server_alone() throws Exception {
        HttpException stranger = HttpException.of(401, "sign_in_required", "who are you?");
        FakeCall call = FakeCall.get("/memory").header("Accept", "text/html");
        assertThat(pages.errorPage(call, stranger).map(reply -> header(reply, "Location")))
                .contains("/sign-in?next=%2Fmemory");
        for (String next : new String[] {"//evil.example", "https://evil.example", "/\\evil", ""}) {
            FakeCall signIn =
                    FakeCall.get("/sign-in")
                            .field("account", "an")
                            .field("password", "right password")
                            .field("next", next);
            assertThat(header(answer(pages, "POST", "/sign-in", signIn), "Location"))
                    .as(next)
                    .isEqualTo("/");
        }
    }

    @Test
    void a_text_that_is_too_long_is_refused() {
        FakeCall call = FakeCall.get("/speak").field("text", "a".repeat(2001));
        assertThatThrownBy(() -> answer(pages, "POST", "/speak", call))
                .isInstanceOfSatisfying(
                        HttpException.class, e -> assertThat(e.status()).isEqualTo(413))
                .hasMessageContaining("2000");
    }

    @Test
    void a_form_is_spoken_as_a_wave_file() throws Exception {
        FakeCall call = FakeCall.get("/speak").field("text", "Xin chào").field("speed", "1,5");
        Reply reply = answer(pages, "POST", "/speak", call);
        assertThat(header(reply, "Content-Type")).isEqualTo("audio/wav");
        var out = new java.io.ByteArrayOutputStream();
        ((Reply.Body.Stream) reply.body()).writer().writeTo(out);
        assertThat(out.size()).isEqualTo(6 * FakeAnswering.RATE / 4 * 2);
        assertThat(answering.texts.element().speed()).isEqualTo(1.5);
    }

    private String get(String path) throws Exception {
        return body(answer(pages, "GET", path, FakeCall.get(path)));
    }

    private static Reply answer(Pages pages, String method, String pattern, FakeCall call)
            throws Exception {
        Handler handler =
                pages.routes().stream()
                        .filter(route -> route.method().equals(method))
                        .filter(route -> route.path().equals(pattern))
                        .map(Route::handler)
                        .findFirst()
                        .orElseThrow();
        return handler.handle(call);
    }

    private static String body(Reply reply) {
        return new String(((Reply.Body.Bytes) reply.body()).bytes(), StandardCharsets.UTF_8);
    }

    private static String header(Reply reply, String name) {
        Optional<String> value =
                reply.headers().stream()
                        .filter(header -> header.name().equals(name))
                        .map(Reply.Header::value)
                        .findFirst();
        return value.orElse("");
    }
}
