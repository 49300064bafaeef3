package dev.snug.server.openai;

import dev.snug.server.answer.AnswerException;
import dev.snug.server.answer.NewVoice;
import dev.snug.server.answer.VoiceCard;
import dev.snug.server.answer.VoiceKeeping;
import dev.snug.server.api.Statuses;
import dev.snug.server.http.Call;
import dev.snug.server.http.HttpException;
import dev.snug.server.http.Reply;
import dev.snug.server.http.Upload;
import dev.snug.server.http.UploadLimits;
import dev.snug.server.work.VoiceWire;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code /v1/audio/voices}: the voices there are, and those that a user adds and removes. */
final class AudioVoices {
    /** Of a recording, as OpenAI's; a minute of 16 bits at 48 kHz is half of it. */
    static final long FILE_BYTES_MAX = 10L << 20;

    /** Of what is said in it: 15 s of fast speech have some 400. */
    static final int TEXT_CHARS_MAX = 1000;

    private static final UploadLimits LIMITS =
            new UploadLimits("audio_sample", FILE_BYTES_MAX, "audio/");

    private final VoiceKeeping keeping;

    AudioVoices(VoiceKeeping keeping) {
        this.keeping = keeping;
    }

    /** All, or those that the query parameter {@code model} can speak with. */
    Reply list(Call call) {
        String model = call.query("model").orElse(null);
        List<Map<String, @Nullable Object>> voices = new ArrayList<>();
        try {
            for (VoiceCard card : keeping.voices()) {
                if (model == null || card.isOwn() || model.equals(card.model())) {
                    voices.add(VoiceWire.json(card));
                }
            }
        } catch (AnswerException e) {
            throw Statuses.of(e);
        }
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("object", "list");
        json.put("voices", voices);
        return Reply.json(200, json);
    }

    /** Makes a voice of a recording. */
    Reply add(Call call) throws IOException, InterruptedException {
        try (Upload upload = call.upload(LIMITS)) {
            return Reply.json(200, VoiceWire.json(keeping.add(voice(call, upload))));
        } catch (AnswerException e) {
            throw Statuses.of(e);
        }
    }

    private static NewVoice voice(Call call, Upload upload) {
        Values values = new Values(call, upload);
        String name = values.text("name");
        if (name == null) {
            throw wrong("name", "name is what the voice is to be called");
        }
        String text = values.text("text") == null ? values.text("ref_text") : values.text("text");
        if (text == null) {
            throw wrong("text", "text is what is said in the recording, word for word");
        }
        if (text.length() > TEXT_CHARS_MAX) {
            throw wrong(
                    "text",
                    "text has %d characters; at most %d are said in a recording of a voice"
                            .formatted(text.length(), TEXT_CHARS_MAX));
        }
        Map<String, String> traits = new LinkedHashMap<>();
        for (String trait : VoiceWire.TRAITS) {
            String word = values.text(trait);
            if (word != null) {
                traits.put(trait, word);
            }
        }
        return new NewVoice(name, upload.file(), text, traits, values.flag("force"));
    }

    /** Removes one of the user's own. */
    Reply remove(Call call) throws InterruptedException {
        String name = call.segment("name");
        try {
            keeping.remove(name);
        } catch (AnswerException e) {
            throw Statuses.of(e);
        }
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("id", name);
        json.put("object", "audio.voice.deleted");
        json.put("deleted", true);
        return Reply.json(200, json);
    }

    private static HttpException wrong(String name, String words) {
        return HttpException.of(400, "bad_question", words).about(name);
    }

    /** Fields of the form, else parameters of the query. */
    private record Values(Call call, Upload upload) {
        @Nullable String text(String name) {
            String field = upload.fields().get(name);
            String value = field == null ? call.query(name).orElse(null) : field;
            return value == null || value.isBlank() ? null : value.strip();
        }

        boolean flag(String name) {
            String value = text(name);
            return value != null
                    && switch (value) {
                        case "true", "1", "on" -> true;
                        case "false", "0", "off" -> false;
                        default -> throw wrong(name, name + " is true or false");
                    };
        }
    }
}
