package dev.snug.speech.text.markup;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.snug.speech.text.PageExamples;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** What is markup, what is not, and what is broken. The oracle is cases.txt, written by hand. */
final class MarkupCasesTest {
    private static final int CASES_MIN = 120;

    @Test
    void everyCaseComesApartAsWritten() throws IOException {
        List<String> wrong = new ArrayList<>();
        List<String> lines = lines();
        for (String line : lines) {
            int middle = line.indexOf(" ~ ");
            String written = line.substring(0, middle).replace("\\n", "\n").replace("\\r", "\r");
            String expected = line.substring(middle + 3);
            String actual = shown(written);
            boolean right =
                    expected.startsWith("! ")
                            ? actual.startsWith("! ") && actual.contains(expected.substring(2))
                            : actual.equals(expected);
            if (!right) {
                wrong.add(line + "\n   got: " + actual);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(lines).hasSizeGreaterThanOrEqualTo(CASES_MIN);
    }

    @Test
    void theExamplesOfThePageAreTrue() throws IOException {
        for (String line : PageExamples.of("markup")) {
            int middle = line.indexOf(" ~ ");
            assertThat(shown(line.substring(0, middle))).isEqualTo(line.substring(middle + 3));
        }
    }

    private static List<String> lines() throws IOException {
        try (InputStream in =
                Objects.requireNonNull(MarkupCasesTest.class.getResourceAsStream("cases.txt"))) {
            return new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> line.contains(" ~ ") && !line.startsWith("#"))
                    .toList();
        }
    }

    /** The parts of {@code written} in the notation of cases.txt. */
    static String shown(String written) {
        try {
            return MarkedText.parse(written).parts().stream()
                    .map(MarkupCasesTest::shown)
                    .collect(Collectors.joining());
        } catch (MarkupException e) {
            return "! " + e.getMessage();
        }
    }

    private static String shown(Part part) {
        return switch (part) {
            case Part.Words words -> rate(words.rate()) + "|" + words.text() + "|";
            case Part.SaidAs said ->
                    rate(said.rate())
                            + "{%s %s|%s}"
                                    .formatted(
                                            said.as().name().toLowerCase(java.util.Locale.ROOT),
                                            said.format(),
                                            said.text());
            case Part.Substitute sub ->
                    rate(sub.rate()) + "{sub " + sub.spoken() + "|" + sub.written() + "}";
            case Part.Pause pause -> "{pause " + pause.milliseconds() + "}";
            case Part.Border border -> border.paragraph() ? "{/p}" : "{/s}";
        };
    }

    private static String rate(double rate) {
        String number = Double.toString(rate);
        return rate == 1 ? "" : "x" + (number.endsWith(".0") ? number.replace(".0", "") : number);
    }
}
