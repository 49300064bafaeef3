package dev.snug.server.openai;

import dev.snug.server.answer.ModelCard;
import dev.snug.server.answer.VoiceCard;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What answers for the names that OpenAI's clients have built in. Pure: equal names, models and
 * voices give equal answers.
 *
 * <p>A model or voice that is really called so goes first. Else OpenAI's models are this server's
 * usual one, and OpenAI's voices are those that came with the model: a woman's for what sounds like
 * one, a man's for the others, one after the other in the model's order. A user's own voice is
 * never lent to a name that is not its own.
 */
final class TheirNames {
    private static final Set<String> MODELS = Set.of("tts-1", "tts-1-hd", "gpt-4o-mini-tts");

    /** Of a model with a date, such as {@code gpt-4o-mini-tts-2025-12-15}. */
    private static final String DATED = "-20\\d\\d-\\d\\d-\\d\\d";

    /** In the order in which they take the voices of women. */
    private static final List<String> WOMEN =
            List.of("alloy", "nova", "shimmer", "coral", "sage", "marin");

    /** In the order in which they take the voices of men. */
    private static final List<String> MEN =
            List.of("echo", "onyx", "fable", "ash", "ballad", "verse", "cedar");

    private TheirNames() {}

    /** The model to ask for; null for the usual one. */
    static @Nullable String model(@Nullable String asked, List<ModelCard> models) {
        if (asked == null || models.stream().anyMatch(card -> card.name().equals(asked))) {
            return asked;
        }
        return MODELS.contains(asked.replaceFirst(DATED + "$", "")) ? null : asked;
    }

    /**
     * The voice that speaks for {@code asked}; empty where there is none.
     *
     * @param voices that the model can speak with
     */
    static Optional<VoiceCard> voice(String asked, List<VoiceCard> voices) {
        Optional<VoiceCard> itself =
                voices.stream().filter(card -> card.name().equals(asked)).findFirst();
        if (itself.isPresent()) {
            return itself;
        }
        int woman = WOMEN.indexOf(asked);
        int man = MEN.indexOf(asked);
        List<VoiceCard> ofModel = voices.stream().filter(card -> !card.isOwn()).toList();
        if ((woman < 0 && man < 0) || ofModel.isEmpty()) {
            return Optional.empty();
        }
        String gender = woman >= 0 ? "female" : "male";
        List<VoiceCard> alike =
                ofModel.stream()
                        .filter(card -> gender.equals(card.traits().get("gender")))
                        .toList();
        List<VoiceCard> taken = alike.isEmpty() ? ofModel : alike;
        return Optional.of(taken.get(Math.max(woman, man) % taken.size()));
    }
}
