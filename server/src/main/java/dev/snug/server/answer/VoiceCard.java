package dev.snug.server.answer;

import org.jspecify.annotations.Nullable;

import java.util.Map;

/**
 * A voice as the API shows it.
 *
 * @param name as it is asked for
 * @param model that it came with; null for one of the user's own, which any speech model takes
 * @param language of its words, {@code vi}; null where they do not tell
 * @param traits that are said of it: gender, group, area, emotion, in lower case
 * @param createdSeconds when its recording was written, since 1970
 */
public record VoiceCard(
        String name,
        @Nullable String model,
        @Nullable String language,
        Map<String, String> traits,
        long createdSeconds) {
    public VoiceCard {
        traits = Map.copyOf(traits);
    }

    /** Whether the user added it; else it goes with its model. */
    public boolean isOwn() {
        return model == null;
    }
}
