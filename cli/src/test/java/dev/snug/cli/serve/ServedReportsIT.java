package dev.snug.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.cli.serve.Client.Answer;

import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Reports of a server as it was built. The oracle is its own answer in JSON. */
@Timeout(120)
final class ServedReportsIT {
    private static final String REPORTS = "/v1/reports";

    @TempDir private static Path folder;

    private static Snug snug;
    private static Serving serving;

    @BeforeAll
    static void start() throws Exception {
        snug = Snug.in(folder).withClassifier();
        serving = snug.serve();
    }

    @AfterAll
    static void end() throws Exception {
        serving.close();
    }

    private static Answer report(Client client, String query) throws Exception {
        return client.upload(REPORTS + query, Files.readAllBytes(Snug.PICTURE));
    }

    private static String text(byte[] pdf) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            assertThat(document.getNumberOfPages()).isEqualTo(1);
            return new PDFTextStripper().getText(document);
        }
    }

    /** The likeliest class of {@code answer} and its percentage. */
    private static void assertShows(String text, Answer answer) {
        Map.Entry<String, Double> top = answer.probabilities().entrySet().iterator().next();
        String percent = String.format(Locale.ROOT, "%.1f\u00a0%%", 100 * top.getValue());
        assertThat(text).contains(percent).contains(top.getKey().split(" ", 2)[1]);
    }

    @Test
    void aReportSaysWhatTheAnswerSaysAndNothingIsLeftOfIt() throws Exception {
        Answer answer = serving.client().classify(Snug.PICTURE, "?explain=true").status(200);

        Answer report = report(serving.client(), "?explain=true&name=n%E1%BB%91t.png").status(200);

        assertThat(report.header("content-type")).isEqualTo("application/pdf");
        assertThat(report.header("content-disposition"))
                .matches("attachment; filename=\"snug-report-\\d{8}-\\d{6}\\.pdf\"");
        String text = text(report.body());
        assertShows(text, answer);
        assertThat(text)
                .contains("Where the model looked for", "File nốt.png", "Model tiny")
                .doesNotContain(folder.toString());
        assertThat(Serving.left(snug.data()).stream().filter(Files::isRegularFile)).isEmpty();
    }

    @Test
    void vietnameseIsAskedForByTag() throws Exception {
        assertThat(text(report(serving.client(), "?lang=vi").status(200).body()))
                .contains("Báo cáo ảnh da", "Không phải chẩn đoán.");
        assertThat(report(serving.client(), "?lang=de").status(400).code())
                .isEqualTo("bad_question");
    }

    @Test
    void whatIsNoPictureIsRefusedAsByAClassification() throws Exception {
        byte[] broken = "no picture".getBytes(StandardCharsets.US_ASCII);
        Answer expected = serving.client().classify(broken, "").status(400);

        Answer refused = serving.client().upload(REPORTS, broken).status(400);

        assertThat(refused.text()).isEqualTo(expected.text());
    }

    @Test
    void anUpstreamWritesItToo() throws Exception {
        Answer answer = serving.client().classify(Snug.PICTURE, "").status(200);
        Snug bare = Snug.in(Files.createDirectories(folder.resolve("pages")));
        try (Serving pages = bare.serve("--upstream", "http://127.0.0.1:" + serving.port())) {
            assertShows(text(report(pages.client(), "").status(200).body()), answer);
            assertThat(report(pages.client(), "?model=none").status(404).code())
                    .isEqualTo("model_not_found");
            assertThat(pages.workers()).isEmpty();
        }
    }

    @Test
    void theCommandLineWritesTheSamePageButForItsTimeAndTheFilesName() throws Exception {
        Path pdf = folder.resolve("page.pdf");
        snug.done("classify", "--report", pdf.toString(), Snug.PICTURE.toString());

        List<String> expected = lines(text(report(serving.client(), "").status(200).body()));
        List<String> found = lines(text(Files.readAllBytes(pdf)));

        assertThat(found).containsAll(expected);
        assertThat(found).contains("File picture_2.png");
    }

    private static List<String> lines(String text) {
        return text.lines().filter(line -> !line.startsWith("Made ")).toList();
    }
}
