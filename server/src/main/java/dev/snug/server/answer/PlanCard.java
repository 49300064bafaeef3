package dev.snug.server.answer;

import java.util.List;
import java.util.Map;

/**
 * How a model would run under the server's limit.
 *
 * @param model its name
 * @param fits whether it runs at all
 * @param limitBytes what its worker may take
 * @param smallestBytes what it needs at least
 * @param peakBytes predicted, files included, where nothing presses
 * @param parts predicted bytes of the largest stage, by part, anonymous ones
 * @param settings chosen, by name, as text for people
 * @param giveUp what the limit costs, in words; empty when nothing
 */
public record PlanCard(
        String model,
        boolean fits,
        long limitBytes,
        long smallestBytes,
        long peakBytes,
        Map<String, Long> parts,
        Map<String, String> settings,
        List<String> giveUp) {
    public PlanCard {
        parts = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(parts));
        settings = java.util.Collections.unmodifiableMap(new java.util.LinkedHashMap<>(settings));
        giveUp = List.copyOf(giveUp);
    }
}
