package dev.snug.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.server.answer.PhotoConcern;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Optional;

/** The skin page in a real browser. The oracle is what a person would see. */
final class SkinPageIT extends BrowserTest {
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
        assertThat(browser.text("[data-is=patient]")).isEqualTo("Sex: male");
        browser.medium("screen", "dark");
        screenshot("skin-dark");
        browser.medium("print", "light");
        assertThat(browser.evaluate("getComputedStyle(document.querySelector('.top')).display"))
                .isEqualTo("none");
        assertThat(browser.evaluate("document.querySelector('.report').offsetHeight > 0"))
                .isEqualTo(true);
        screenshot("skin-print");
        browser.medium("screen", "light");
    }

    @Test
    void a_picture_that_is_too_large_is_scaled_down_before_it_is_sent_and_the_page_says_so()
            throws IOException {
        Files.write(folder.resolve("large.png"), FakeAnswering.photo(2600, 1300));
        browser.open(server.url("/"));
        browser.choose("#picture", folder.resolve("large.png"), folder.resolve("small.png"));
        browser.click("#skin button[type=submit]");
        browser.await("document.querySelectorAll('.result .layer[src]').length === 2");
        assertThat(browser.text("#results")).contains("2600 × 1300 to 2048 × 1024");
    }

    @Test
    void camera_and_place_stay_in_the_browser_and_only_the_turn_is_sent() throws IOException {
        Files.write(folder.resolve("turned.jpg"), TurnedPhoto.jpeg(300, 200, "GPS 10.77 106.69"));
        browser.open(server.url("/"));
        browser.choose("#picture", folder.resolve("turned.jpg"));
        browser.await("document.querySelector('#previews img')?.naturalWidth === 200");
        browser.click("#skin button[type=submit]");
        browser.await("document.querySelectorAll('.result .bars li').length === 7");
        byte[] sent = server.lastPicture;
        assertThat(new String(sent, StandardCharsets.ISO_8859_1)).doesNotContain("GPS");
        assertThat(TurnedPhoto.orientation(sent)).isEqualTo(TurnedPhoto.ORIENTATION);
        assertThat(TurnedPhoto.scan(sent))
                .isEqualTo(TurnedPhoto.scan(TurnedPhoto.jpeg(300, 200, "")));
    }

    @Test
    void a_photo_that_is_refused_may_be_answered_anyway() {
        server.answering.concern = Optional.of(PhotoConcern.TOO_DARK);
        try {
            browser.open(server.url("/"));
            browser.choose("#picture", folder.resolve("small.png"));
            browser.click("#skin button[type=submit]");
            browser.await("document.querySelector('.result .notice button')");
            assertThat(browser.text(".result .notice")).contains("too dark");
            screenshot("skin-refused");
            browser.forgive("status of 422"); // the browser tells of every such reply
            browser.click(".result .notice button");
            browser.await("document.querySelectorAll('.result .bars li').length === 7");
        } finally {
            server.answering.concern = Optional.empty();
        }
    }

    @Test
    void a_report_is_fetched_with_the_form_and_again_from_a_result_in_the_language_of_the_page() {
        browser.open(server.url("/?lang=vi"));
        screenshot("skin-form-vi");
        browser.choose("#picture", folder.resolve("small.png"));
        browser.evaluate(
                "(() => { window.saved = []; const make = URL.createObjectURL; URL.createObjectURL"
                    + " = blob => { if (blob.type === 'application/pdf') blob.text().then(text =>"
                    + " saved.push(text)); return make(blob); }; })()");
        browser.evaluate("document.getElementById('pdf').click()");
        browser.await("window.saved.length === 1");
        assertThat(browser.evaluate("saved[0]"))
                .asString()
                .startsWith("%PDF-1.7 VI")
                .contains("0.7342");
        assertThat(browser.text("#status"))
                .matches("Báo cáo đã xong: snug-report-\\d{8}-\\d{6}\\.pdf");
        screenshot("skin-report-vi");

        browser.choose("#picture", folder.resolve("small.png"));
        browser.evaluate("document.querySelector('#skin .button[type=submit]').click()");
        browser.await("document.querySelectorAll('.result .bars li').length === 7");
        browser.evaluate("document.querySelector('.result [data-is=pdf]').click()");
        browser.await("window.saved.length === 2");
        assertThat(server.reportFolder).isEmptyDirectory();
        browser.open(server.url("/?lang=en"));
        screenshot("skin-form-en");
    }

    @Test
    void a_photo_that_is_refused_may_be_reported_anyway() {
        server.answering.concern = Optional.of(PhotoConcern.TOO_DARK);
        try {
            browser.open(server.url("/"));
            browser.choose("#picture", folder.resolve("small.png"));
            browser.evaluate("document.getElementById('pdf').click()");
            browser.await("document.querySelector('.result .notice button')");
            assertThat(browser.text(".result .notice")).contains("too dark");
            browser.forgive("status of 422"); // the browser tells of every such reply
            browser.click(".result .notice button");
            browser.await("document.getElementById('status').textContent.includes('ready')");
            assertThat(server.reportFolder).isEmptyDirectory();
        } finally {
            server.answering.concern = Optional.empty();
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
        browser.forgive("status of 503"); // the browser tells of every such reply
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
            browser.forgive("status of 409"); // the browser tells of every such reply
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
    void without_scripts_the_form_of_somebody_who_is_signed_in_is_answered_by_a_page() {
        browser.open(server.url("/sign-in"));
        signIn("right password");
        browser.await("location.pathname === '/'");
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
}
