package dev.snug.server.upstream;

import dev.snug.runtime.json.Fields;
import dev.snug.runtime.json.Json;
import dev.snug.runtime.json.JsonException;
import dev.snug.server.answer.AnswerException;
import dev.snug.server.answer.AnswerException.Kind;
import dev.snug.server.answer.DecodedAt;
import dev.snug.server.answer.ModelCard;
import dev.snug.server.answer.PhotoConcern;
import dev.snug.server.answer.PictureAnswer;
import dev.snug.server.answer.PictureAnswer.Score;
import dev.snug.server.answer.VoiceCard;
import dev.snug.server.work.VoiceWire;

import org.jspecify.annotations.Nullable;

import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What the other Snug's API says, read as strictly as anything from outside.
 *
 * @param overlayPath path of the overlay's link, or null
 */
record RemoteAnswer(PictureAnswer picture, @Nullable String overlayPath) {
    private static final String WHERE = "the other server's answer";
    private static final String LAYER = "data:image/png;base64,";
    private static final String OVERLAYS = "/v1/overlays/";
    private static final int ENTRIES_MAX = 50_000;

    static RemoteAnswer of(byte[] body) {
        return RemoteAnswering.read(
                () -> Fields.read(Json.parseObject(body, WHERE), WHERE, RemoteAnswer::answer));
    }

    private static RemoteAnswer answer(Fields json) {
        // Null where none was asked for, or nothing stands out.
        Map<String, @Nullable Object> map =
                Objects.requireNonNullElse(json.treeOrNull("heatmap"), Map.of());
        PictureAnswer picture =
                new PictureAnswer(
                        json.text("model"),
                        json.list("classes", ENTRIES_MAX, RemoteAnswer::score),
                        layer(map.get("png")),
                        json.flag("nothing_stands_out"),
                        json.words("concerns", PhotoConcern.values().length).stream()
                                .map(word -> PhotoConcern.valueOf(word.toUpperCase(Locale.ROOT)))
                                .toList(),
                        DecodedAt.of(json),
                        json.number("seconds"),
                        json.flag("kept"));
        return new RemoteAnswer(picture, overlay(map.get("url")));
    }

    private static Score score(Fields json) {
        return new Score(json.text("id"), json.text("name"), json.number("probability"));
    }

    private static Optional<byte[]> layer(@Nullable Object png) {
        if (!(png instanceof String text)) {
            return Optional.empty();
        }
        if (!text.startsWith(LAYER)) {
            throw new JsonException(WHERE + " has a heat map that is no PNG");
        }
        try {
            return Optional.of(Base64.getDecoder().decode(text.substring(LAYER.length())));
        } catch (IllegalArgumentException e) {
            throw new JsonException(WHERE + " has a heat map that is no base64");
        }
    }

    /** Only a path of ours: an answer must not lead elsewhere. */
    private static @Nullable String overlay(@Nullable Object url) {
        return url instanceof String path && path.startsWith(OVERLAYS) ? path : null;
    }

    static List<ModelCard> models(byte[] body) {
        return RemoteAnswering.read(
                () -> Fields.read(Json.parseObject(body, WHERE), WHERE, RemoteAnswer::models));
    }

    private static List<ModelCard> models(Fields json) {
        if (json.has("object")) {
            // The same models as OpenAI's clients want them.
            json.text("object");
            json.values("data", ENTRIES_MAX);
        }
        return json.list("models", ENTRIES_MAX, RemoteAnswer::card);
    }

    static List<VoiceCard> voices(byte[] body) {
        return RemoteAnswering.read(
                () ->
                        Fields.read(
                                Json.parseObject(body, WHERE),
                                WHERE,
                                json -> {
                                    json.text("object");
                                    return json.list("voices", ENTRIES_MAX, VoiceWire::card);
                                }));
    }

    private static ModelCard card(Fields json) {
        return new ModelCard(
                json.text("name"),
                ModelCard.Kind.valueOf(json.text("kind").toUpperCase(Locale.ROOT)),
                json.flag("default"),
                json.text("licence"),
                json.whole("bytes"),
                json.list(
                        "classes",
                        ENTRIES_MAX,
                        each -> new ModelCard.Named(each.text("id"), each.text("name"))),
                json.list(
                        "patient",
                        ENTRIES_MAX,
                        each ->
                                new ModelCard.Field(
                                        each.text("name"), each.words("words", ENTRIES_MAX))),
                json.words("voices", ENTRIES_MAX),
                json.flag("heatmaps"),
                json.has("created") ? json.whole("created") : 0);
    }

    /** The refusal behind a status that is not 200. */
    static AnswerException refusal(int status, byte[] body) {
        String words = "the other server says " + status;
        Object code = null;
        try {
            Map<?, ?> error =
                    (Map<?, ?>) Json.parseObject(body, WHERE).getOrDefault("error", Map.of());
            Object message = error == null ? null : error.get("message");
            code = error == null ? null : error.get("code");
            words = message instanceof String text ? Json.printable(text) : words;
        } catch (JsonException | ClassCastException e) {
            // Not a Snug: its status is all there is to say.
            words += " and no more";
        }
        return new AnswerException(kind(status, String.valueOf(code)), words);
    }

    private static Kind kind(int status, String code) {
        return switch (status) {
            case 400 -> Kind.BAD_QUESTION;
            case 404 -> code.equals("voice_not_found") ? Kind.VOICE_NOT_FOUND : Kind.NOT_FOUND;
            case 409 -> code.equals("voice_exists") ? Kind.VOICE_EXISTS : Kind.HEATMAP_OFF;
            case 413 -> Kind.TOO_LARGE;
            case 422 -> Kind.PHOTO_REFUSED;
            case 429 -> Kind.BUSY;
            case 503 -> Kind.TOO_SLOW;
            default -> Kind.FAILED;
        };
    }
}
