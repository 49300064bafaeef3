package dev.snug.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Pages in a real browser. After every test the browser must have had nothing to complain of, so a
 * script or style that the content security policy forbids fails here. With {@code
 * -Dsnug.screenshots=FOLDER} pictures of the pages are written, for people to look at.
 */
@SuppressWarnings("NullAway") // set before all tests
abstract class BrowserTest {
    static PageServer server;
    static Chromium browser;
    @TempDir static Path folder;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        server = new PageServer(Files.createDirectory(folder.resolve("spool")), true);
        if (browser == null) { // one for all classes: it takes seconds to start
            browser = new Chromium();
            Runtime.getRuntime().addShutdownHook(new Thread(browser::close));
        }
        Files.write(folder.resolve("small.png"), FakeAnswering.photo(400, 300));
    }

    @AfterAll
    static void stop() {
        browser.open("about:blank");
        server.close();
    }

    @BeforeEach
    void forget() {
        browser.width(1200);
        browser.tab("Network.clearBrowserCookies", Map.of());
        browser.forgive("");
    }

    @AfterEach
    void nothingWasComplainedOf() {
        assertThat(browser.complaints()).isEmpty();
    }

    static void signIn(String password) {
        browser.evaluate(
                "(() => { document.getElementById('account').value = 'an';"
                        + " document.getElementById('password').value = "
                        + Chromium.quoted(password)
                        + "; document.querySelector('main form').submit(); })()");
    }

    static void screenshot(String name) {
        String to = System.getProperty("snug.screenshots");
        if (to != null) {
            try {
                browser.screenshot(Path.of(to, name + ".png"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
