package dev.snug.server.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.server.answer.VoiceCard;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.Map;

/** What answers for OpenAI's names. The oracle is docs/api.md. */
final class TheirNamesTest {
    private static final List<VoiceCard> SHIPPED =
            List.of(
                    voice("female-north", "female"),
                    voice("female-central", "female"),
                    voice("female-south", "female"),
                    voice("male-north", "male"),
                    voice("male-central", "male"),
                    voice("male-south", "male"));

    private final Fakes fakes = new Fakes();

    private static VoiceCard voice(String name, String gender) {
        return new VoiceCard(name, "snug-vi", "vi", Map.of("gender", gender), 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "tts-1",
                "tts-1-hd",
                "gpt-4o-mini-tts",
                "gpt-4o-mini-tts-2025-12-15",
                "gpt-4o-mini-tts-2025-03-20"
            })
    void modelsOfOpenAiAreTheUsualOne(String name) {
        assertThat(TheirNames.model(name, fakes.models())).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"snug-vi", "other", "tts-2", "gpt-4o", "tts-1-2025", "x"})
    void otherModelsAreWhatTheyAreCalled(String name) {
        assertThat(TheirNames.model(name, fakes.models())).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "alloy,female-north",
        "nova,female-central",
        "shimmer,female-south",
        "coral,female-north",
        "sage,female-central",
        "marin,female-south",
        "echo,male-north",
        "onyx,male-central",
        "fable,male-south",
        "ash,male-north",
        "ballad,male-central",
        "verse,male-south",
        "cedar,male-north"
    })
    void eachVoiceOfOpenAiHasOneOfTheShippedModel(String asked, String expected) {
        assertThat(TheirNames.voice(asked, SHIPPED).orElseThrow().name()).isEqualTo(expected);
    }

    @Test
    void aVoiceThatIsReallyCalledSoGoesFirst() {
        VoiceCard own = new VoiceCard("alloy", null, null, Map.of(), 1);
        List<VoiceCard> voices = List.of(own, SHIPPED.getFirst());
        assertThat(TheirNames.voice("alloy", voices)).contains(own);
        assertThat(TheirNames.voice("male-north", SHIPPED)).contains(SHIPPED.get(3));
    }

    @Test
    void aVoiceOfTheUsersOwnIsLentToNoOtherName() {
        VoiceCard own = new VoiceCard("me", null, null, Map.of("gender", "female"), 1);
        assertThat(TheirNames.voice("alloy", List.of(own))).isEmpty();
        assertThat(TheirNames.voice("alloy", List.of(own, SHIPPED.get(1))))
                .contains(SHIPPED.get(1));
    }

    @Test
    void whereNoGenderIsSaidAnyVoiceOfTheModelAnswers() {
        VoiceCard first = new VoiceCard("a", "m", null, Map.of(), 1);
        VoiceCard second = new VoiceCard("b", "m", null, Map.of(), 1);
        assertThat(TheirNames.voice("nova", List.of(first, second))).contains(second);
        assertThat(TheirNames.voice("echo", List.of(first, second))).contains(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Alloy", "female", "x"})
    void otherNamesAreNoVoices(String asked) {
        assertThat(TheirNames.voice(asked, SHIPPED)).isEmpty();
    }
}
