package dev.snug.onnx.quantize;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Decides which layers stay wide so that answers move no further than they may. Pure. */
public final class WideLayers {
    private WideLayers() {}

    /**
     * What one layer does to the answers when it alone is stored in fewer bytes.
     *
     * @param layer its weight
     * @param values how many it has: what keeping it wide costs
     * @param share of what the target allows that it uses up, 0 or more
     */
    public record Effect(String layer, long values, double share) {}

    /**
     * The fewest layers to keep wide, the ones first that do most harm for their bytes: harms of
     * independent roundings add up by their squares, hence square over bytes.
     *
     * @param meets whether the answers are good enough with these layers wide; asked about 1, 2, 4
     *     … layers, then between the last that was not enough and the first that was
     */
    public static Set<String> choose(List<Effect> effects, Predicate<Set<String>> meets) {
        List<String> worst =
                effects.stream()
                        .sorted(Comparator.comparingDouble(WideLayers::harm).reversed())
                        .map(Effect::layer)
                        .toList();
        int tooFew = 0;
        int enough = 1;
        while (enough < worst.size() && !meets.test(first(worst, enough))) {
            tooFew = enough;
            enough = Math.min(2 * enough, worst.size());
        }
        while (enough - tooFew > 1) {
            int middle = (tooFew + enough) / 2;
            if (meets.test(first(worst, middle))) {
                enough = middle;
            } else {
                tooFew = middle;
            }
        }
        return first(worst, enough);
    }

    private static double harm(Effect effect) {
        return effect.share() * effect.share() / effect.values();
    }

    private static Set<String> first(List<String> layers, int count) {
        return new LinkedHashSet<>(layers.subList(0, Math.min(count, layers.size())));
    }
}
