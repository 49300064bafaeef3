package dev.snug.cli.knobs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

import java.io.StringReader;
import java.text.Normalizer;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

import javax.xml.parsers.DocumentBuilderFactory;

/**
 * The report as page, table and picture. The oracles are the two files of messages beside each
 * other, Java's own XML parser, and the rows themselves.
 */
final class KnobReportTest {
    private static final Conditions CONDITIONS =
            new Conditions(
                    LocalDate.of(2026, 1, 2),
                    "snug 1",
                    "A Processor",
                    "avx2",
                    2,
                    8L << 30,
                    0.5,
                    "25",
                    "1.29");

    private static Findings speech() {
        return new Findings(
                Made.speech(),
                Made.all(Made.speech(), Made.spoken(100, 50)),
                Map.of(),
                Made.spoken(100, 50).ofUnits(32));
    }

    private static Findings pictures() {
        return new Findings(
                Made.pictures(),
                Made.all(Made.pictures(), Made.spoken(100, 50)),
                Map.of(),
                Made.spoken(100, 50));
    }

    private static KnobReport report() {
        return new KnobReport(CONDITIONS, List.of(speech(), pictures()));
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void thePageHasATableLineForEachRowAndALineForEachModel(Language language) {
        String page = KnobMarkdown.page(report(), language, _ -> "images/bars.svg");
        int rows = speech().rows().size() + pictures().rows().size();

        assertThat(page.lines().filter(line -> line.startsWith("| "))).hasSize(rows + 4);
        assertThat(page).contains("\n## voice\n", "\n## skin\n", "](images/bars.svg)");
        assertThat(page.lines().filter(line -> line.startsWith("# "))).hasSize(1);
        assertThat(page).doesNotContainPattern("\\{\\d}").doesNotContain("NaN", "null");
    }

    @Test
    void theGuidesFiguresStandBesideWhatWasMeasured() {
        String page = KnobMarkdown.page(report(), Language.EN, _ -> "");

        assertThat(page)
                .contains("8 GB → 3–4 GB; 10 s → 14–16 s")
                .contains("650 → 350–400 MB")
                .contains("0: all cores, not none")
                .contains("not installed: snug quantize skin --to fp16")
                .contains("**does not hold**");
    }

    @Test
    void bothLanguagesHaveTheSameKeysAndTheSamePlaces() {
        Set<String> english = Language.EN.keys();

        assertThat(Language.VI.keys()).isEqualTo(english);
        for (String key : english) {
            assertThat(places(Language.VI, key)).as(key).isEqualTo(places(Language.EN, key));
        }
        assertThat(Language.EN.text("columns").split("\\|", -1))
                .hasSameSizeAs(Language.VI.text("columns").split("\\|", -1));
    }

    private static Set<String> places(Language language, String key) {
        Set<String> places = new TreeSet<>();
        Pattern.compile("\\{\\d}")
                .matcher(language.text(key))
                .results()
                .forEach(match -> places.add(match.group()));
        return places;
    }

    @Test
    void vietnameseIsWrittenInComposedLettersWithADecimalComma() {
        String page = KnobMarkdown.page(report(), Language.VI, _ -> "");

        assertThat(Normalizer.isNormalized(page, Normalizer.Form.NFC)).isTrue();
        assertThat(page).contains("3,5 s", "tất cả các nhân, không phải tắt", "không đúng");
        assertThat(page).doesNotContain("does not", " holds");
    }

    @Test
    void theTableForProgramsHasAsManyFieldsInEachLine() {
        List<String> lines = KnobCsv.text(report()).lines().toList();
        long fields = fields(KnobCsv.HEADER);

        assertThat(lines.getFirst()).isEqualTo(KnobCsv.HEADER);
        assertThat(lines).hasSize(1 + speech().rows().size() + pictures().rows().size());
        assertThat(lines).allMatch(line -> fields(line) == fields);
        assertThat(lines)
                .contains(
                        "voice,steps,16,false,104857600,52428800,0,34.000,18.000,1.000,0.515,"
                                + "less_memory steps_quality,does_not_hold not_measured");
    }

    private static long fields(String line) {
        return line.chars().filter(c -> c == ',').count() + 1;
    }

    @ParameterizedTest
    @EnumSource(Language.class)
    void thePictureSaysItsRowsInWordsAndHasDarkColours(Language language) throws Exception {
        String svg = KnobChart.svg(speech(), language);
        Document document =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(new InputSource(new StringReader(svg)));

        assertThat(document.getDocumentElement().getAttribute("role")).isEqualTo("img");
        assertThat(document.getElementsByTagName("title").item(0).getTextContent())
                .contains("voice");
        assertThat(document.getElementsByTagName("desc").item(0).getTextContent())
                .contains(" 16: 100 MiB, 34 s.")
                .doesNotContain("**");
        assertThat(svg).contains("prefers-color-scheme:dark").doesNotContain("<script", "NaN");
    }
}
