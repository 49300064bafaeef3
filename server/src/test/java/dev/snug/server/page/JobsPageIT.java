package dev.snug.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;

/** The page of jobs in a real browser. The oracle is what a person would see. */
final class JobsPageIT extends BrowserTest {
    @BeforeEach
    void begin() {
        server.jobs.orders.clear();
        browser.open(server.url("/jobs"));
        browser.await("!document.getElementById('none').hidden");
    }

    @Test
    void a_text_is_left_and_seen_on_its_way_to_its_sound() {
        browser.evaluate("document.getElementById('text').value = 'Xin chào.'");
        browser.click("#document button[type=submit]");
        browser.await("document.querySelectorAll('#jobs li').length === 1");
        FakeJobs.Order order = server.jobs.orders.getFirst();
        assertThat(order.body).contains("\"format\":\"mp3\"", "\"voice\":\"female-north\"");
        assertThat(order.key).hasSize(32);
        assertThat(browser.text("#jobs li")).contains("Speech", "Waiting");

        order.is("running", 3, 12);
        browser.await("document.querySelector('#jobs progress').value === 3");
        assertThat(browser.text("#jobs li")).contains("3 of 12 pieces", "about 2 min left");
        screenshot("jobs-running");

        order.is("succeeded", 12, 12);
        browser.await("document.querySelector('#jobs audio')");
        assertThat(browser.evaluate("document.querySelector('#jobs a').pathname"))
                .isEqualTo("/v1/jobs/job0/result");
        browser.click("#jobs button");
        browser.await("document.querySelectorAll('#jobs li').length === 0");
        assertThat(server.jobs.orders).isEmpty();
    }

    @Test
    void a_book_is_sent_as_the_file_it_is() throws IOException {
        Files.writeString(folder.resolve("Truyện Kiều.md"), "# Một\n\nTrăm năm.\n");
        browser.choose("#file", folder.resolve("Truyện Kiều.md"));
        browser.click("#document button[type=submit]");
        browser.await("document.querySelectorAll('#jobs li').length === 1");
        FakeJobs.Order order = server.jobs.orders.getFirst();
        assertThat(order.type).isEqualTo("text/markdown");
        assertThat(
                        new String(
                                order.body.getBytes(StandardCharsets.ISO_8859_1),
                                StandardCharsets.UTF_8))
                .isEqualTo("# Một\n\nTrăm năm.\n");
        assertThat(order.name).isEqualTo("Truyện Kiều");
    }

    @Test
    void pictures_get_a_table_of_answers_and_of_what_went_wrong() throws IOException {
        Files.write(folder.resolve("other.png"), FakeAnswering.photo(300, 200));
        browser.choose("#files", folder.resolve("small.png"), folder.resolve("other.png"));
        browser.click("#pictures button[type=submit]");
        browser.await("document.querySelectorAll('#jobs li').length === 1");
        FakeJobs.Order order = server.jobs.orders.getFirst();
        assertThat(order.body).contains("filename=\"small.png\"", "filename=\"other.png\"");
        order.is("succeeded", 2, 2);
        browser.await("document.querySelector('#jobs details')");
        browser.click("#jobs summary");
        browser.await("document.querySelectorAll('#jobs tr').length === 3");
        assertThat(browser.text("#jobs table")).contains("Mole", "73.4\u00a0%", "is no picture");
        screenshot("jobs-done");
        browser.width(360);
        screenshot("jobs-narrow");
        assertThat(browser.evaluate("document.documentElement.scrollWidth <= 360")).isEqualTo(true);
    }

    @Test
    void what_is_cancelled_or_fails_says_so() {
        browser.evaluate("document.getElementById('text').value = 'Một.'");
        browser.click("#document button[type=submit]");
        browser.await("document.querySelectorAll('#jobs li').length === 1");
        server.jobs.orders.getFirst().is("running", 0, 0);
        browser.await("document.querySelector('#jobs li').textContent.includes('Under way')");
        browser.click("#jobs button");
        browser.await("document.querySelector('#jobs li').textContent.includes('Cancelled')");
        server.jobs.orders.getFirst().is("failed", 0, 4);
        browser.await("document.querySelector('#jobs .notice')");
        assertThat(browser.text("#jobs .notice")).isEqualTo("It ended the worker 3 times.");
    }

    @Test
    void it_speaks_vietnamese() {
        browser.open(server.url("/jobs?lang=vi"));
        assertThat(browser.text("main")).contains("Việc dài", "Gửi để đọc", "Chưa có việc nào.");
        screenshot("jobs-vi");
    }
}
