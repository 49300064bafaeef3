package dev.snug.speech.text.chunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Random;

/**
 * The choice of cuts. The oracle is the cheapest of all subsets of up to ten cuts, by the cost that
 * {@link Balance} states, and for words without marks the ratio of longest to shortest piece.
 */
final class BalanceTest {
    private static final List<Cut> KINDS = List.of(Cut.values());

    @Test
    void noOtherCutsCostLess() {
        Random random = new Random(17);
        for (int i = 0; i < 3_000; i++) {
            int count = 1 + random.nextInt(10);
            Cuts cuts = new Cuts();
            int at = 0;
            for (int cut = 0; cut < count; cut++) {
                at += 3 + random.nextInt(20);
                cuts.add(at, at, KINDS.get(random.nextInt(KINDS.size())));
            }
            String text = "a".repeat(at + 3 + random.nextInt(20));
            int total = text.length();
            Scale scale = Scale.of(text, 0, total, total, String::length);
            // Half a second more than a whole number: lengths never meet the limit by rounding.
            double limit =
                    0.5 + Math.floor(Math.max(24, total * (0.3 + 0.6 * random.nextDouble())));
            double target = Math.min(limit, total / 2.0) * 0.9;
            if (total <= limit) {
                continue;
            }
            int[] chosen = Balance.choose(cuts, scale, total, target, limit);
            int mask = 0;
            for (int cut : chosen) {
                mask |= 1 << cut;
            }
            double least = Double.POSITIVE_INFINITY;
            for (int other = 0; other < 1 << count; other++) {
                least = Math.min(least, cost(cuts, other, total, target, limit));
            }
            assertThat(cost(cuts, mask, total, target, limit)).isCloseTo(least, within(1e-6));
        }
    }

    private static double cost(Cuts cuts, int mask, int total, double target, double limit) {
        double cost = 0;
        int from = 0;
        for (int cut = 0; cut <= cuts.size(); cut++) {
            boolean isEnd = cut == cuts.size();
            if (!isEnd && (mask >> cut & 1) == 0) {
                continue;
            }
            int to = isEnd ? total : cuts.end(cut);
            if (to - from > limit) {
                return Double.POSITIVE_INFINITY;
            }
            double off = to - from - target;
            cost += off * off / ((to - from) * target) + (isEnd ? 0 : cuts.kind(cut).cost);
            from = to;
        }
        return cost;
    }

    @Test
    void wordsWithoutMarksGiveEqualPieces() {
        for (int words = 2; words < 400; words++) {
            List<Piece> pieces = new Chunker(String::length, 100).pieces("mưa ".repeat(words));
            double longest = pieces.stream().mapToDouble(Piece::seconds).max().orElseThrow();
            double shortest = pieces.stream().mapToDouble(Piece::seconds).min().orElseThrow();
            assertThat(longest / shortest).as("%d words", words).isLessThan(1.2);
            assertThat(pieces.size()).isLessThanOrEqualTo((int) Math.ceil(words * 4 / 85.0));
        }
    }
}
