package dev.snug.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Each page's main act in a real browser. The oracle is what a person would see. */
final class PagesIT extends BrowserTest {
    /**
     * Names of fields without a label, pictures without a text, and more or less than one title.
     */
    private static final String UNLABELLED =
            "[...document.querySelectorAll('input:not([type=hidden]), select, textarea')].filter(e"
                + " => !e.labels.length && !e.ariaLabel).map(e =>"
                + " e.name).concat([...document.images].filter(e => !e.hasAttribute('alt')).map(e"
                + " => e.src), document.querySelectorAll('h1').length === 1 ? [] : ['h1']).join()";

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
    void speech_that_is_stopped_ends_the_work_for_it() throws InterruptedException {
        browser.open(server.url("/speak"));
        browser.evaluate("document.getElementById('text').value = 'Một hai ba.'");
        browser.click("#go");
        browser.await("document.getElementById('status').textContent.includes('First sound')");
        browser.click("#stop");
        browser.await("document.getElementById('status').textContent.includes('Stopped')");
        long end = System.nanoTime() + DevTools.PATIENCE.toNanos();
        while (!server.answering.isStopped && System.nanoTime() < end) {
            Thread.sleep(20);
        }
        assertThat(server.answering.isStopped).as("the work has ended").isTrue();
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
        browser.forgive("status of 401"); // the browser tells of every such reply
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
        assertThat(browser.text("#secret")).startsWith("snug_").hasSize(45);
        assertThat(browser.text(".tokens strong")).isEqualTo("bench <b>");
        screenshot("tokens");
        browser.open(server.url("/tokens"));
        assertThat(browser.evaluate("document.getElementById('secret')")).isNull();
        browser.click(".tokens button");
        browser.await("!document.querySelector('.tokens li')");
    }

    @Test
    void the_first_account_is_made_by_the_link() throws IOException {
        Path spool = Files.createDirectory(folder.resolve("first"));
        try (PageServer fresh = new PageServer(spool, false)) {
            String link = fresh.url("/first?link=" + fresh.firstLink);
            browser.open(link);
            browser.fill("#password", "a long password");
            browser.fill("#repeated", "a long passwort");
            browser.click("main form button");
            browser.await("document.querySelector('[role=alert]')");
            assertThat(browser.text("[role=alert]")).contains("differ");
            browser.forgive("status of 400"); // the browser tells of every such reply
            browser.fill("#password", "a long password");
            browser.fill("#repeated", "a long password");
            screenshot("first");
            browser.click("main form button");
            browser.await("location.pathname === '/' && document.querySelector('.top form')");
            browser.open(link);
            assertThat(browser.text("h1")).isEqualTo("Not found");
            screenshot("error");
            browser.forgive("status of 404"); // the browser tells of every such reply
        }
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
                assertThat(browser.evaluate(UNLABELLED)).as(path).isEqualTo("");
                assertThat(browser.evaluate("document.documentElement.scrollWidth"))
                        .as(path)
                        .isEqualTo(360L);
                Object bytes =
                        browser.evaluate(
                                "performance.getEntriesByType('resource').concat("
                                        + "performance.getEntriesByType('navigation')).filter(e"
                                        + " => !e.name.includes('/v1/')).reduce((sum, e) => sum"
                                        + " + e.decodedBodySize, 0)");
                assertThat((Long) bytes).as(path).isBetween(1000L, 60_000L);
                screenshot(
                        "phone"
                                + path.replaceAll("\\W.*|/", "-")
                                + path.replaceAll("\\W", "")
                                + "-"
                                + language);
            }
        }
        browser.forgive("status of 404");
    }
}
