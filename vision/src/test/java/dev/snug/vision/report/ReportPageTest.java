package dev.snug.vision.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.onnx.Tensor;
import dev.snug.vision.ClassLabel;
import dev.snug.vision.ClassScore;
import dev.snug.vision.explain.HeatMap;
import dev.snug.vision.patient.Patient;
import dev.snug.vision.picture.ColorMap;
import dev.snug.vision.picture.PhotoFinding.Concern;
import dev.snug.vision.picture.Picture;
import dev.snug.vision.picture.Reduction;

import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.text.PDFTextStripper;
import org.apache.pdfbox.text.TextPosition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.text.Normalizer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/** What stands on a report. The oracle is PDFBox's own reader, and what was put in. */
class ReportPageTest {
    private static final Instant MADE = Instant.parse("2026-11-22T20:21:40Z");
    private static final String SHA256 = "0123456789abcdef".repeat(4);
    private static final List<ClassScore> MOLES =
            List.of(
                    new ClassScore(new ClassLabel("nv", "melanocytic nevi", null), 0.7342f),
                    new ClassScore(new ClassLabel("fi", "first figures", null), 0.2651f),
                    new ClassScore(new ClassLabel("df", "dermatofibroma", null), 0.0007f));

    private static Report report(ReportLanguage language, List<ClassScore> scores) {
        return new Report(
                language,
                MADE,
                new Report.Model("sklesion", "sklesion 1.0", "MIT", "ab".repeat(32)),
                new Report.Photo(new Picture(40, 30, new byte[3600]), List.of(), Optional.empty()),
                Optional.empty(),
                scores,
                Patient.UNKNOWN,
                new Report.File(null, SHA256));
    }

    /** Everything that may be long is. */
    private static Report longest(ReportLanguage language) {
        List<ClassScore> scores = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            String id = "class-" + i + "-" + "x".repeat(200);
            scores.add(
                    new ClassScore(
                            new ClassLabel(id, "name-" + i + " y".repeat(500), null), 0.02f));
        }
        float[] heat = {0, 1, 0.5f, 0};
        return new Report(
                language,
                MADE,
                new Report.Model("m".repeat(64), "s".repeat(1024), null, "ab".repeat(32)),
                new Report.Photo(
                        new Picture(100, 1000, new byte[300_000]),
                        List.of(Concern.values()),
                        Optional.of(new Reduction(4, 1500, 1000, 6000, 4000))),
                Optional.of(
                        new Report.Map(
                                HeatMap.of(Tensor.floats(heat, 2, 2)),
                                ColorMap.VIRIDIS,
                                scores.getFirst().label())),
                scores,
                new Patient("w".repeat(300), "trunk", 41.5),
                new Report.File("f".repeat(Report.NAME_CHARS_MAX), SHA256));
    }

    private static byte[] bytes(Report report) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ReportPage.write(report, out);
        return out.toByteArray();
    }

    private static String text(Report report) throws IOException {
        try (PDDocument document = Loader.loadPDF(bytes(report))) {
            assertThat(document.getNumberOfPages()).isEqualTo(1);
            return new PDFTextStripper().getText(document);
        }
    }

    @Test
    void allThatWasPutInIsReadBack() throws IOException {
        assertThat(text(report(ReportLanguage.EN, MOLES)))
                .contains("2026-11-22 20:21 UTC", "Not a diagnosis.", "sklesion 1.0", "MIT")
                .contains("Mole (melanocytic naevus) nv · melanocytic nevi", "73.4\u00a0%")
                .contains("first figures fi", "26.5\u00a0%", "0.1\u00a0%")
                .contains("ab".repeat(32), SHA256)
                .doesNotContain("File", "Sex", "About the photo", "more, none above");
    }

    @Test
    void vietnameseKeepsEveryLetter() throws IOException {
        List<ClassScore> scores =
                List.of(
                        new ClassScore(new ClassLabel("bcc", "x", null), 0.9f),
                        // Taken apart, as some systems write file names.
                        new ClassScore(
                                new ClassLabel(
                                        "1",
                                        Normalizer.normalize("ẵẫỗữỵặậợ", Normalizer.Form.NFD),
                                        null),
                                0.1f));
        assertThat(text(report(ReportLanguage.VI, scores)))
                .contains("Báo cáo ảnh da", "Không phải chẩn đoán.", "90,0\u00a0%")
                .contains("Ung thư biểu mô tế bào đáy", "ẵẫỗữỵặậợ");
    }

    @ParameterizedTest
    @EnumSource
    void theLongestOfAllFitsOnePageAndSaysWhatIsLeftOut(ReportLanguage language)
            throws IOException {
        try (PDDocument document = Loader.loadPDF(bytes(longest(language)))) {
            List<TextPosition> letters = new ArrayList<>();
            PDFTextStripper reader =
                    new PDFTextStripper() {
                        @Override
                        protected void processTextPosition(TextPosition letter) {
                            letters.add(letter);
                            super.processTextPosition(letter);
                        }
                    };
            String text = reader.getText(document);

            assertThat(document.getNumberOfPages()).isEqualTo(1);
            assertThat(text).contains("42", "6000 × 4000", "name-7 ").doesNotContain("name-8 ");
            assertThat(letters)
                    .allSatisfy(
                            letter -> {
                                assertThat(letter.getYDirAdj()).isBetween(24f, Sheet.HEIGHT - 24);
                                assertThat(letter.getEndX()).isBetween(24f, Sheet.WIDTH - 24);
                            });
        }
    }

    @Test
    void equalContentMakesEqualBytesAndAnotherTimeOthers() throws IOException {
        Report report = longest(ReportLanguage.VI);
        Report later =
                new Report(
                        report.language(),
                        MADE.plusSeconds(60),
                        report.model(),
                        report.photo(),
                        report.map(),
                        report.scores(),
                        report.patient(),
                        report.file());

        assertThat(bytes(report)).isEqualTo(bytes(longest(ReportLanguage.VI)));
        assertThat(bytes(later)).isNotEqualTo(bytes(report));
    }

    @Test
    void whatTheFontLacksAndWhatHasNoShapeBreaksNothing() throws IOException {
        ClassLabel strange = new ClassLabel("1", "a\u0000b\n皮\ud83d\ude00c\u200f", null);
        assertThat(text(report(ReportLanguage.EN, List.of(new ClassScore(strange, 1)))))
                .contains("a b ??c");
    }

    @Test
    void theFontIsEmbeddedInPartAndPicturesAreJpegs() throws IOException {
        byte[] pdf = bytes(longest(ReportLanguage.EN));
        try (PDDocument document = Loader.loadPDF(pdf)) {
            PDPage page = document.getPage(0);
            PDResources resources = page.getResources();
            int pictures = 0;
            for (COSName name : resources.getXObjectNames()) {
                pictures++;
                assertThat(resources.getXObject(name).getStream().getFilters())
                        .hasToString("[" + COSName.DCT_DECODE + "]");
            }
            assertThat(pictures).isEqualTo(2);
            for (COSName name : resources.getFontNames()) {
                assertThat(resources.getFont(name).isEmbedded()).isTrue();
                assertThat(resources.getFont(name).getName()).matches("[A-Z]{6}\\+Liberation.*");
            }
        }
        assertThat(pdf.length).isLessThan(60_000);
    }

    @Test
    void bothLanguagesHaveTheSameWords() throws IOException {
        Properties english = words("en");
        Properties vietnamese = words("vi");

        assertThat(vietnamese.keySet()).isEqualTo(english.keySet());
        assertThat(vietnamese.values())
                .allSatisfy(
                        text ->
                                assertThat(
                                                Normalizer.isNormalized(
                                                        (String) text, Normalizer.Form.NFC))
                                        .isTrue());
    }

    private static Properties words(String tag) throws IOException {
        Properties words = new Properties();
        try (var in = ReportPage.class.getResourceAsStream("words_" + tag + ".properties")) {
            words.load(new java.io.InputStreamReader(in, java.nio.charset.StandardCharsets.UTF_8));
        }
        return words;
    }
}
