package dev.snug.speech.text.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.speech.text.normalize.spoken.Profile;

import org.junit.jupiter.api.Test;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The public suite. The oracle is NVIDIA's: 472 cases in nemo/, with case and punctuation dropped.
 */
final class NemoSuiteTest {
    private static final int CASES = 472;
    private static final int EXACT = 470;

    private final Normalizer normalizer = Normalizer.of(Profile.NEMO);

    @Test
    void theSuiteIsReadButForWhatIsListedWithAReason() {
        List<CaseFiles.Case> cases = CaseFiles.in("nemo");
        Set<String> others = new LinkedHashSet<>();
        for (CaseFiles.Case one : cases) {
            String spoken = normalizer.normalize(one.written()).spoken();
            if (!CaseFiles.folded(spoken).equals(CaseFiles.folded(one.spoken()))) {
                others.add(one.written() + "\t" + one.spoken() + "\t" + spoken);
            }
        }

        assertThat(cases).hasSize(CASES);
        assertThat(others).containsExactlyElementsOf(listed()).hasSize(CASES - EXACT);
    }

    private static List<String> listed() {
        return CaseFiles.lines("nemo-differences.tsv").stream()
                .filter(line -> !line.startsWith("# "))
                .peek(line -> assertThat(line.split("\t", -1)).as(line).hasSize(4))
                .map(line -> line.substring(0, line.lastIndexOf('\t')))
                .toList();
    }
}
