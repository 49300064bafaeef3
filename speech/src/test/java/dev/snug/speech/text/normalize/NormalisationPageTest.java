package dev.snug.speech.text.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.speech.text.normalize.rule.SemioticClass;
import dev.snug.speech.text.normalize.spoken.Profile;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** docs/normalisation.md. The oracle is the page: each row of its tables is read. */
final class NormalisationPageTest {
    private final Normalizer normalizer = Normalizer.of(Profile.DEFAULT);

    @Test
    void everyClassHasAnExampleThatIsReadByIt() throws IOException {
        Set<SemioticClass> missing =
                EnumSet.complementOf(EnumSet.of(SemioticClass.PLAIN, SemioticClass.FOREIGN));
        for (List<String> row : rows("Classes")) {
            Normalized normalized = normalizer.normalize(row.get(1));
            SemioticClass kind = SemioticClass.valueOf(row.getFirst().toUpperCase(Locale.ROOT));
            assertThat(normalized.spoken()).as(row.get(1)).isEqualTo(row.get(2));
            assertThat(normalized.readings()).extracting(Reading::kind).contains(kind);
            missing.remove(kind);
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void everyChoiceIsMadeAsThePageSays() throws IOException {
        assertThat(rows("What decides between two readings"))
                .hasSizeGreaterThan(10)
                .allSatisfy(
                        row ->
                                assertThat(normalizer.normalize(row.getFirst()).spoken())
                                        .as(row.getFirst())
                                        .isEqualTo(row.get(1)));
    }

    @Test
    void everyProfileHasTheWordsOfThePage() throws IOException {
        List<String> written = List.of("2024", "105", "24.000", "số 12/5");
        assertThat(rows("Profiles")).hasSize(Profile.NAMED.size());
        for (List<String> row : rows("Profiles")) {
            Normalizer one = Normalizer.of(Profile.named(row.getFirst()));
            assertThat(written.stream().map(text -> one.normalize(text).spoken()))
                    .containsExactlyElementsOf(row.subList(1, row.size()));
        }
    }

    /** The rows of the table under a heading, without its first two lines. */
    private static List<List<String>> rows(String heading) throws IOException {
        Path page = Path.of(System.getProperty("snug.root", ".."), "docs/normalisation.md");
        return Files.readString(page)
                .replaceFirst("(?s).*\n## " + heading + "\n", "")
                .replaceFirst("(?s)\n## .*", "")
                .lines()
                .filter(line -> line.startsWith("| "))
                .skip(1)
                .map(line -> line.substring(2, line.length() - 2))
                .map(line -> Arrays.asList(line.split(" \\| ", -1)))
                .toList();
    }
}
