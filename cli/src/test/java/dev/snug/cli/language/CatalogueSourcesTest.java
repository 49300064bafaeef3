package dev.snug.cli.language;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The Vietnamese catalogue beside the sources, so that it cannot rot. The oracle is the text of the
 * sources, as javac's parser reads it.
 */
final class CatalogueSourcesTest {
    /** What stands behind this line is said by libraries, not by sources of Snug. */
    private static final String OF_OTHERS = "#! of picocli and Java";

    /** Of a hundred texts that exceptions are made with; what was reached, rounded down. */
    private static final int TRANSLATED_PERCENT = 89;

    private static final Pattern WORDS = Pattern.compile("[A-Za-z]{2}");

    private static final Pattern HOLE = Pattern.compile("\\{(\\d+)\\*?}");

    private static Sentences sentences;

    @BeforeAll
    static void read() throws IOException {
        sentences = Sentences.ofSources();
    }

    @Test
    void everyEnglishSentenceOfTheCatalogueIsInTheSources() {
        String own = Vietnamese.text().substring(0, Vietnamese.text().indexOf(OF_OTHERS));

        Set<String> stale =
                Catalogue.pairs(own).keySet().stream()
                        .map(english -> english.replaceAll("^[|>] | \\|$", ""))
                        .collect(Collectors.toCollection(TreeSet::new));
        stale.removeAll(sentences.all());

        assertThat(stale).as("English that nothing says (any more)").isEmpty();
    }

    @Test
    void theShareOfErrorsThatAreTranslatedDoesNotFall() {
        Set<String> known = Catalogue.pairs(Vietnamese.text()).keySet();
        List<Set<String>> all =
                sentences.ofExceptions().stream()
                        .filter(forms -> forms.stream().anyMatch(WORDS.asPredicate()))
                        .toList();
        List<Set<String>> missing =
                all.stream().filter(forms -> Collections.disjoint(forms, known)).toList();

        assertThat(100 * (all.size() - missing.size()) / all.size())
                .as("percent of %d; not translated: %s", all.size(), missing)
                .isGreaterThanOrEqualTo(TRANSLATED_PERCENT);
    }

    @Test
    void aTranslationFillsInAllThatEnglishFillsIn() {
        assertThat(Catalogue.pairs(Vietnamese.text()))
                .allSatisfy((english, other) -> assertThat(holes(other)).isEqualTo(holes(english)));
    }

    private static Set<String> holes(String sentence) {
        Set<String> holes = new TreeSet<>();
        HOLE.matcher(sentence).results().forEach(found -> holes.add(found.group(1)));
        return holes;
    }
}
