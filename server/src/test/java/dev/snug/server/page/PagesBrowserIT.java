package dev.snug.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Each page's main act in a real browser. The oracle is what a person would see; after every test
 * the browser must have had nothing to complain of, so a script or style that the content security
 * policy forbids fails here.
 */
@SuppressWarnings("NullAway.Init") // set before all tests
final class PagesBrowserIT {
    private static PageServer server;
    private static Chromium browser;
    @TempDir private static Path folder;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        server = new PageServer(Files.createDirectory(folder.resolve("spool")));
        browser = new Chromium();
        Files.write(folder.resolve("small.png"), FakeAnswering.photo(400, 300));
        Files.write(folder.resolve("large.png"), FakeAnswering.photo(2600, 1300));
    }

    @AfterAll
    static void stop() {
        browser.close();
        server.close();
    }

    @BeforeEach
    void forget() {
        browser.width(1200);
        browser.tab("Network.clearBrowserCookies", java.util.Map.of());
        browser.complaints.clear();
    }

    @AfterEach
    void nothingWasComplainedOf() {
        assertThat(browser.complaints).isEmpty();
    }

    @Test
    void a_picture_gets_bars_and_a_map_whose_strength_can_be_set() {
        browser.open(server.url("/"));
        browser.evaluate("document.getElementById('field-sex').value = 'male'");
        browser.choose("#picture", folder.resolve("small.png"));
        browser.await("document.querySelectorAll('#previews img').length === 1");
        browser.click("#skin button[type=submit]");
        browser.await("document.querySelectorAll('.result .bars li').length === 7");
        assertThat(browser.text(".result .bars li")).contains("Mole").contains("73.4\u00a0%");
        browser.await("document.querySelector('.layer').naturalWidth === 64");
        browser.evaluate(
                "(() => { const s = document.querySelector('.result input[type=range]');"
                        + " s.value = 25; s.dispatchEvent(new Event('input')); })()");
        assertThat(browser.evaluate("getComputedStyle(document.querySelector('.layer')).opacity"))
                .isEqualTo("0.25");
        assertThat(server.fields.getLast()).containsEntry("sex", "male").doesNotContainKey("age");
        assertThat(browser.text("#status")).contains("Likeliest").contains("Mole");
        screenshot("skin-result");
    }

    @Test
    void a_picture_that_is_too_large_is_scaled_down_before_it_is_sent_and_the_page_says_so() {
        browser.open(server.url("/"));
        browser.choose("#picture", folder.resolve("large.png"), folder.resolve("small.png"));
        browser.click("#skin button[type=submit]");
        browser.await("document.querySelectorAll('.result .layer[src]').length === 2");
        assertThat(browser.evaluate("document.getElementById('results').innerText").toString())
                .contains("2600 × 1300 to 2048 × 1024");
    }

    @Test
    void a_photo_that_is_refused_may_be_answered_anyway() {
        server.answering.concern =
                java.util.Optional.of(dev.snug.server.answer.PhotoConcern.TOO_DARK);
        try {
            browser.open(server.url("/"));
            browser.choose("#picture", folder.resolve("small.png"));
            browser.click("#skin button[type=submit]");
            browser.await("document.querySelector('.result .notice button')");
            assertThat(browser.text(".result .notice")).contains("too dark");
            screenshot("skin-refused");
            browser.complaints.clear(); // the browser tells of every reply 422
            browser.click(".result .notice button");
            browser.await("document.querySelectorAll('.result .bars li').length === 7");
        } finally {
            server.answering.concern = java.util.Optional.empty();
        }
    }

    @Test
    void a_busy_server_is_asked_once_more() {
        server.busy.set(1);
        browser.open(server.url("/"));
        browser.choose("#picture", folder.resolve("small.png"));
        browser.click("#skin button[type=submit]");
        browser.await("document.getElementById('status').textContent.includes('Trying again')");
        browser.await("document.querySelectorAll('.result .bars li').length === 7");
        browser.complaints.clear(); // the browser tells of every reply 503
    }

    @Test
    void a_map_of_nothing_says_so_and_heat_maps_that_are_off_may_be_left_out() {
        server.answering.nothingStandsOut = true;
        server.isHeatMapOff = true;
        try {
            browser.open(server.url("/"));
            browser.choose("#picture", folder.resolve("small.png"));
            browser.click("#skin button[type=submit]");
            browser.await("document.querySelector('.result .notice button')");
            browser.complaints.clear(); // the browser tells of every reply 409
            server.isHeatMapOff = false;
            browser.open(server.url("/"));
            browser.choose("#picture", folder.resolve("small.png"));
            browser.click("#skin button[type=submit]");
            browser.await("!document.querySelector('.result [data-is=nothing]').hidden");
            assertThat(browser.evaluate("document.querySelector('.layer').hidden")).isEqualTo(true);
        } finally {
            server.answering.nothingStandsOut = false;
            server.isHeatMapOff = false;
        }
    }

    @Test
    void without_scripts_the_form_is_answered_by_a_page() throws InterruptedException {
        browser.open(server.url("/"));
        browser.scripts(false);
        try {
            browser.open(server.url("/"));
            browser.choose("#picture", folder.resolve("small.png"));
            browser.evaluate("document.getElementById('skin').submit()");
            browser.await("document.querySelectorAll('.bars li').length === 7");
            browser.await("document.querySelector('.photo img').naturalWidth === 64");
            screenshot("skin-plain-result");
        } finally {
            browser.scripts(true);
        }
    }

    @Test
    void a_text_is_played_while_it_is_made_and_can_be_saved() {
        browser.open(server.url("/speak"));
        browser.evaluate(
                "(() => { const t = document.getElementById('text'); t.value = 'Xin chào các bạn.';"
                        + " t.dispatchEvent(new Event('input')); })()");
        assertThat(browser.text("#count")).isEqualTo("17 of 2000 characters");
        browser.click("#go");
        browser.await("document.getElementById('status').textContent.includes('First sound')");
        browser.await("document.getElementById('made').textContent.includes('1.5')");
        browser.await("!document.getElementById('download').hidden");
        assertThat(
                        browser.evaluate(
                                "new Promise(done => { const a = new Audio("
                                        + "document.getElementById('download').href);"
                                        + " a.onloadedmetadata = () => done(a.duration); })"))
                .isEqualTo(1.5);
        assertThat(server.answering.texts)
                .last()
                .satisfies(
                        question -> {
                            assertThat(question.text()).isEqualTo("Xin chào các bạn.");
                            assertThat(question.voice()).isEqualTo("female-north");
                        });
        screenshot("speak");
    }

    @Test
    void speech_can_be_stopped() {
        browser.open(server.url("/speak"));
        browser.evaluate("document.getElementById('text').value = 'Một hai ba.'");
        browser.click("#go");
        browser.await("document.getElementById('status').textContent.includes('First sound')");
        browser.click("#stop");
        browser.await("document.getElementById('status').textContent.includes('Stopped')");
    }

    @Test
    void models_are_shown_with_their_plan() {
        browser.open(server.url("/models"));
        assertThat(browser.text("main"))
                .contains("sklesion", "MIT", "192\u00a0MiB", "Does not fit");
        assertThat(
                        browser.evaluate(
                                "document.querySelectorAll('#sklesion .parts-bar rect').length"))
                .isEqualTo(6L);
        screenshot("models");
    }

    @Test
    void memory_is_refused_to_strangers_and_drawn_for_those_who_sign_in() {
        browser.open(server.url("/memory"));
        assertThat(browser.evaluate("location.pathname + location.search"))
                .isEqualTo("/sign-in?next=%2Fmemory");
        screenshot("sign-in");
        signIn("wrong");
        browser.await("document.querySelector('[role=alert]')");
        assertThat(browser.text("[role=alert]")).isEqualTo("Name or password is wrong.");
        browser.complaints.clear(); // the browser tells of every reply 401
        signIn("right password");
        browser.await(
                "location.pathname === '/memory' && document.querySelector('#chart polygon')");
        assertThat(
                        browser.evaluate(
                                "document.querySelector('#chart polyline').points.numberOfItems"))
                .isEqualTo(200L);
        assertThat(browser.text("#processes"))
                .contains("Worker for pictures")
                .contains("143\u00a0MiB");
        assertThat(browser.text("#facts")).contains("201.5 MB").contains("unknown");
        screenshot("memory");
        browser.click(".top form button");
        browser.await("location.pathname === '/sign-in'");
    }

    @Test
    void a_token_is_shown_once_and_can_be_revoked() {
        browser.open(server.url("/sign-in?next=/tokens"));
        signIn("right password");
        browser.await("location.pathname === '/tokens'");
        browser.evaluate("document.getElementById('name').value = 'bench <b>'");
        browser.click("form[action='/tokens'] button");
        browser.await("document.getElementById('secret')");
        assertThat(browser.text("#secret")).startsWith("snug_secret_");
        assertThat(browser.text(".tokens strong")).isEqualTo("bench <b>");
        screenshot("tokens");
        browser.open(server.url("/tokens"));
        assertThat(browser.evaluate("document.getElementById('secret')")).isNull();
        browser.click(".tokens button");
        browser.await("!document.querySelector('.tokens li')");
    }

    @Test
    void the_first_account_is_made_by_the_link() {
        browser.open(server.url("/first?link=first-link"));
        browser.evaluate(
                "(() => { document.getElementById('password').value = 'a long password';"
                        + " document.getElementById('repeated').value = 'a long password'; })()");
        screenshot("first");
        browser.click("main form button");
        browser.await("location.pathname === '/'");
        browser.open(server.url("/first?link=first-link"));
        assertThat(browser.text("h1")).isEqualTo("Not found");
        screenshot("error");
        browser.complaints.clear(); // the browser tells of every reply 404
    }

    @Test
    void the_language_is_chosen_and_stays() {
        browser.open(server.url("/"));
        assertThat(browser.evaluate("document.documentElement.lang")).isEqualTo("en");
        browser.click(".languages a[lang=vi]");
        browser.await("document.documentElement.lang === 'vi'");
        browser.open(server.url("/models"));
        assertThat(browser.text("h1")).isEqualTo("Mô hình trên máy chủ này");
    }

    @Test
    void no_page_is_wider_than_a_phone_and_each_loads_little() {
        browser.width(360);
        browser.open(server.url("/sign-in"));
        signIn("right password");
        browser.await("location.pathname === '/'");
        for (String path : List.of("/", "/speak", "/models", "/memory", "/tokens", "/first?x")) {
            for (String language : List.of("vi", "en")) {
                browser.open(
                        server.url(path + (path.contains("?") ? "&" : "?") + "lang=" + language));
                assertThat(browser.evaluate("document.documentElement.scrollWidth"))
                        .as(path)
                        .isEqualTo(360L);
                Number bytes =
                        (Number)
                                browser.evaluate(
                                        "performance.getEntriesByType('resource').concat("
                                            + "performance.getEntriesByType('navigation')).filter(e"
                                            + " => !e.name.includes('/v1/')).reduce((sum, e) => sum"
                                            + " + e.decodedBodySize, 0)");
                assertThat(bytes.longValue()).as(path).isBetween(1000L, 60_000L);
                screenshot(
                        "phone"
                                + path.replaceAll("\\W.*|/", "-")
                                + path.replaceAll("\\W", "")
                                + "-"
                                + language);
            }
        }
        browser.complaints.removeIf(words -> words.contains("404"));
    }

    private static void signIn(String password) {
        browser.evaluate(
                "(() => { document.getElementById('account').value = 'an';"
                        + " document.getElementById('password').value = "
                        + Chromium.quoted(password)
                        + "; document.querySelector('main form').submit(); })()");
    }

    private static void screenshot(String name) {
        String to = System.getProperty("snug.screenshots");
        if (to != null) {
            try {
                browser.screenshot(Path.of(to, name + ".png"));
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
