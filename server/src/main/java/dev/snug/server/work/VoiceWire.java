package dev.snug.server.work;

import dev.snug.runtime.json.Fields;
import dev.snug.runtime.json.Json;
import dev.snug.server.answer.NewVoice;
import dev.snug.server.answer.VoiceCard;
import dev.snug.speech.bundle.Traits;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A new voice on its way to a worker, and a voice on its way back, to clients and from another
 * server: the API's JSON, which has all that an OpenAI client looks for in a voice.
 */
public final class VoiceWire {
    /** What a voice may be said to be, by the name of its field. */
    public static final List<String> TRAITS = List.of("gender", "group", "area", "emotion");

    private VoiceWire() {}

    /** The object that {@link #card(Fields)} reads. */
    public static Map<String, @Nullable Object> json(VoiceCard card) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", card.name());
        json.put("object", "audio.voice");
        json.put("name", card.name());
        json.put("type", "audio_sample");
        json.put("created_at", card.createdSeconds());
        json.put("model", card.model());
        json.put("own", card.isOwn());
        json.put("language", card.language());
        TRAITS.forEach(trait -> json.put(trait, card.traits().get(trait)));
        return json;
    }

    /** The card in {@code text}. */
    public static VoiceCard card(byte[] text, String where) {
        return Fields.read(Json.parseObject(text, where), where, VoiceWire::card);
    }

    /** The card that {@link #json} wrote; what follows from the rest is passed over. */
    public static VoiceCard card(Fields json) {
        json.text("object");
        json.text("name");
        json.text("type");
        json.flag("own");
        Map<String, String> traits = new LinkedHashMap<>();
        for (String trait : TRAITS) {
            String word = json.textOrNull(trait);
            if (word != null) {
                traits.put(trait, word);
            }
        }
        return new VoiceCard(
                json.text("id"),
                json.textOrNull("model"),
                json.textOrNull("language"),
                traits,
                json.whole("created_at"));
    }

    static byte[] encoded(NewVoice voice) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", voice.name());
        json.put("file", voice.file().toString());
        json.put("text", voice.text());
        json.put("force", voice.isForced());
        json.putAll(voice.traits());
        return Json.bytes(json);
    }

    /**
     * The voice in {@code body}.
     *
     * @throws dev.snug.runtime.json.JsonException when a trait is none that there is
     */
    static NewVoice voice(byte[] body) {
        return Fields.read(
                Json.parseObject(body, "the voice"),
                "the voice",
                json ->
                        new NewVoice(
                                json.text("name"),
                                Path.of(json.text("file")),
                                json.text("text"),
                                Traits.read(json).words(),
                                json.flag("force")));
    }

    /** The traits of {@code voice}, each one that there is. */
    static Traits traits(NewVoice voice) {
        return Traits.read(new Fields(voice.traits(), "the voice"));
    }
}
