package dev.snug.server.openai;

import dev.snug.runtime.json.Fields;
import dev.snug.runtime.json.Json;
import dev.snug.runtime.json.JsonException;
import dev.snug.server.answer.AnswerException;
import dev.snug.server.answer.Answering;
import dev.snug.server.answer.ModelCard;
import dev.snug.server.answer.SpeechQuestion;
import dev.snug.server.answer.VoiceCard;
import dev.snug.server.answer.VoiceKeeping;
import dev.snug.server.api.Models;
import dev.snug.server.api.Speeches;
import dev.snug.server.api.Statuses;
import dev.snug.server.http.Call;
import dev.snug.server.http.HttpException;
import dev.snug.server.http.Reply;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * {@code POST /v1/audio/speech} as OpenAI has it: a JSON object with {@code input}, {@code model},
 * {@code voice}, {@code response_format}, {@code speed}, {@code stream_format} and {@code
 * instructions}; {@code seed} and {@code steps} are Snug's own.
 *
 * <p>What is not known is passed over and named in {@value #NOTE}: a client's newer words must not
 * stop it, and a typing slip must not be silent.
 */
final class AudioSpeech {
    /** The header that says what was not done as asked. */
    static final String NOTE = "X-Snug-Note";

    /** Of a text, as OpenAI's. */
    static final int INPUT_CHARS_MAX = 4096;

    /** Text and instructions of the greatest length, each character six bytes, and the rest. */
    private static final int BODY_BYTES_MAX = 64 << 10;

    private static final int SHOWN_MAX = 8;
    private static final int VOICES_SHOWN_MAX = 12;
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_]{1,40}");
    private static final Set<String> TAKEN =
            Set.of(
                    "input",
                    "model",
                    "voice",
                    "response_format",
                    "speed",
                    "stream_format",
                    "seed",
                    "steps");

    private final Answering answering;
    private final VoiceKeeping keeping;
    private final Speeches speeches;
    private final int inputChars;

    AudioSpeech(Answering answering, VoiceKeeping keeping, Speeches speeches, int textChars) {
        this.answering = answering;
        this.keeping = keeping;
        this.speeches = speeches;
        this.inputChars = Math.min(INPUT_CHARS_MAX, textChars);
    }

    /** What is to be spoken, and how it is sent. */
    private record Wish(SpeechQuestion question, boolean isEvents, List<String> notes) {}

    Reply post(Call call) throws IOException {
        Wish wish = wish(call.body(BODY_BYTES_MAX));
        SpeechQuestion question = wish.question();
        Reply reply = wish.isEvents() ? events(question) : speeches.reply(question);
        return wish.notes().isEmpty() ? reply : reply.with(NOTE, String.join("; ", wish.notes()));
    }

    private Reply events(SpeechQuestion question) {
        return Reply.stream(
                "text/event-stream",
                out -> {
                    SpeechEvents events = new SpeechEvents(out);
                    speeches.speak(question, events);
                    events.done(characters(question.text()));
                });
    }

    private Wish wish(byte[] body) {
        Map<String, @Nullable Object> object;
        try {
            object = Json.parseObject(body, "the body");
        } catch (JsonException e) {
            throw HttpException.of(400, "bad_question", String.valueOf(e.getMessage()));
        }
        Values values = new Values(object);
        String input = input(values);
        List<ModelCard> models = Models.of(answering);
        String model = model(values.text("model"), models);
        List<String> notes = new ArrayList<>();
        String voice = voice(values.voice(), model, models, notes);
        String format = format(values.text("response_format"));
        boolean isEvents = isEvents(values.text("stream_format"));
        ignored(object, notes);
        Double speed = values.number("speed");
        Long seed = values.whole("seed");
        SpeechQuestion question =
                speeches.checked(
                        model,
                        input,
                        voice,
                        speed == null ? 1 : speed,
                        values.whole("steps"),
                        seed == null ? Speeches.SEED : seed,
                        format);
        return new Wish(question, isEvents, notes);
    }

    private static @Nullable String model(@Nullable String asked, List<ModelCard> models) {
        String model = TheirNames.model(asked, models);
        if (model != null && models.stream().noneMatch(card -> speaks(card, model))) {
            throw OpenAiRoutes.unknown("there is no speech model of this name here");
        }
        return model;
    }

    private static boolean speaks(ModelCard card, String name) {
        return card.kind() == ModelCard.Kind.SPEECH && card.name().equals(name);
    }

    private String input(Values values) {
        String input = values.text("input");
        if (input == null || input.isBlank()) {
            throw wrong("input", "bad_question", "input is the text to speak, and there is none");
        }
        int count = characters(input);
        if (count > inputChars) {
            throw wrong(
                    "input",
                    "string_above_max_length",
                    "input has %d characters; at most %d are spoken at once: send it in parts"
                            .formatted(count, inputChars));
        }
        return input;
    }

    private static int characters(String text) {
        return text.codePointCount(0, text.length());
    }

    /** The voice's own name; null for the model's usual one. */
    private @Nullable String voice(
            @Nullable String asked,
            @Nullable String model,
            List<ModelCard> models,
            List<String> notes) {
        String speaker = model == null ? usual(models) : model;
        if (asked == null || speaker == null) {
            // Without a model the question is refused for that.
            return asked;
        }
        List<VoiceCard> voices;
        try {
            voices =
                    keeping.voices().stream()
                            .filter(card -> card.isOwn() || speaker.equals(card.model()))
                            .toList();
        } catch (AnswerException e) {
            throw Statuses.of(e);
        }
        VoiceCard found =
                TheirNames.voice(asked, voices)
                        .orElseThrow(() -> wrong("voice", "voice_not_found", missing(voices)));
        if (!found.name().equals(asked)) {
            notes.add("voice %s is spoken by %s".formatted(asked, found.name()));
        }
        return found.name();
    }

    private static @Nullable String usual(List<ModelCard> models) {
        return models.stream()
                .filter(card -> card.kind() == ModelCard.Kind.SPEECH && card.isDefault())
                .map(ModelCard::name)
                .findFirst()
                .orElse(null);
    }

    private static String missing(List<VoiceCard> voices) {
        List<String> names = voices.stream().limit(VOICES_SHOWN_MAX).map(VoiceCard::name).toList();
        return "the model has no such voice; "
                + (names.isEmpty() ? "it has none at all" : "there are " + String.join(", ", names))
                + (voices.size() > names.size() ? " and more" : "")
                + ": GET /v1/audio/voices";
    }

    private static String format(@Nullable String asked) {
        String format = Objects.requireNonNullElse(asked, "mp3");
        return switch (format) {
            case "mp3", "opus", "flac", "wav", "pcm" -> format;
            case "aac" ->
                    throw wrong(
                            "response_format",
                            "unsupported_value",
                            "aac is not made here; response_format is mp3, opus, flac, wav or pcm");
            default ->
                    throw wrong(
                            "response_format",
                            "invalid_value",
                            "response_format is mp3, opus, flac, wav or pcm");
        };
    }

    private static boolean isEvents(@Nullable String asked) {
        return switch (Objects.requireNonNullElse(asked, "audio")) {
            case "audio" -> false;
            case "sse" -> true;
            default ->
                    throw wrong("stream_format", "invalid_value", "stream_format is audio or sse");
        };
    }

    /** Names what was passed over; a header holds plain names alone, and few. */
    private static void ignored(Map<String, @Nullable Object> object, List<String> notes) {
        List<String> names =
                object.entrySet().stream()
                        .filter(entry -> entry.getValue() != null)
                        .map(Map.Entry::getKey)
                        .filter(name -> !TAKEN.contains(name))
                        .map(name -> PLAIN.matcher(name).matches() ? name : "a name that is none")
                        .distinct()
                        .sorted()
                        .limit(SHOWN_MAX)
                        .toList();
        if (!names.isEmpty()) {
            notes.add("ignored: " + String.join(", ", names));
        }
    }

    private static HttpException wrong(String name, String code, String words) {
        return HttpException.of(400, code, words).about(name);
    }

    /** What a client said, each value with its name where it is wrong; null is as left out. */
    private record Values(Map<String, @Nullable Object> object) {
        @Nullable String text(String name) {
            return of(name, fields -> fields.text(name));
        }

        @Nullable Double number(String name) {
            return of(name, fields -> fields.number(name));
        }

        @Nullable Long whole(String name) {
            return of(name, fields -> fields.whole(name));
        }

        /** A name, or OpenAI's object with an id for voices that were added. */
        @Nullable String voice() {
            return object.get("voice") instanceof Map
                    ? of("voice", fields -> new Fields(fields.tree("voice"), "voice").text("id"))
                    : text("voice");
        }

        private <T> @Nullable T of(String name, Function<Fields, T> reading) {
            if (object.get(name) == null) {
                return null;
            }
            try {
                return reading.apply(new Fields(object, "the body"));
            } catch (JsonException e) {
                throw wrong(name, "invalid_type", String.valueOf(e.getMessage()));
            }
        }
    }
}
