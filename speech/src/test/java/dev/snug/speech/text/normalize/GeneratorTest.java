package dev.snug.speech.text.normalize;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.speech.text.normalize.spoken.Profile;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * The cases of the public suite with other numbers, units and sentences around them. The oracle is
 * {@link Perturbation}, which says numbers in its own way.
 */
final class GeneratorTest {
    private static final long SEED = 11;
    private static final int EACH = 25;
    private static final double RIGHT_MIN = 0.97;
    private static final double RIGHT_MIN_OF_CLASS = 0.93;

    @Test
    void casesWithOtherNumbersAndWordsAroundThemAreRead() {
        Normalizer normalizer = Normalizer.of(Profile.NEMO);
        Perturbation perturbation = new Perturbation(new Random(SEED));
        Map<String, int[]> counts = new TreeMap<>();
        List<String> wrong = new ArrayList<>();
        for (CaseFiles.Case original : CaseFiles.in("nemo")) {
            if (original.spoken().contains("terabyte")) {
                continue; // Read otherwise on purpose: nemo-differences.tsv.
            }
            for (int i = 0; i < EACH; i++) {
                CaseFiles.Case one = perturbation.of(original);
                String spoken = normalizer.normalize(one.written()).spoken();
                boolean right = fold(spoken).equals(fold(one.spoken()));
                int[] count = counts.computeIfAbsent(one.file(), _ -> new int[2]);
                count[0]++;
                count[1] += right ? 1 : 0;
                if (!right) {
                    wrong.add(one.written() + " | " + one.spoken() + " | " + spoken);
                }
            }
        }
        int all = counts.values().stream().mapToInt(count -> count[0]).sum();
        double right = 1 - wrong.size() / (double) all;
        assertThat(right)
                .as(
                        "right of %d; some wrong: %s",
                        all, wrong.subList(0, Math.min(60, wrong.size())))
                .isGreaterThanOrEqualTo(RIGHT_MIN);
        counts.forEach(
                (file, count) ->
                        assertThat(count[1] / (double) count[0])
                                .as(file)
                                .isGreaterThanOrEqualTo(RIGHT_MIN_OF_CLASS));
    }

    private static String fold(String text) {
        return CaseFiles.folded(text.replaceAll("[()]", " "));
    }
}
