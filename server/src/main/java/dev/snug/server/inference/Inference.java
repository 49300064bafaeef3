package dev.snug.server.inference;

import dev.snug.runtime.json.Json;
import dev.snug.runtime.json.JsonException;
import dev.snug.server.answer.AnswerException;
import dev.snug.server.answer.Answering;
import dev.snug.server.answer.ModelCard;
import dev.snug.server.answer.ModelCard.Kind;
import dev.snug.server.api.Statuses;
import dev.snug.server.http.Call;
import dev.snug.server.http.Caller;
import dev.snug.server.http.HttpException;
import dev.snug.server.http.Reply;
import dev.snug.server.http.Scope;
import dev.snug.server.http.Upload;
import dev.snug.server.http.UploadLimits;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/** {@code POST /v2/models/NAME/infer}: a request to a model, from its bytes to its answer's. */
final class Inference {
    /** Digits of a number of bytes; more than any body has. */
    private static final int LENGTH_DIGITS_MAX = 12;

    private final Shelf shelf;
    private final PictureInference pictures;
    private final SpeechInference speech;
    private final boolean hasHeatMaps;

    Inference(Answering answering, Shelf shelf, InferenceSettings settings) {
        this.shelf = shelf;
        this.pictures = new PictureInference(answering, settings.folder(), settings.pictureBytes());
        this.speech = new SpeechInference(answering, settings.folder(), settings.textChars());
        this.hasHeatMaps = settings.hasHeatMaps();
    }

    /** Asks {@code card}'s model. */
    Reply answer(Call call, ModelCard card) throws IOException, InterruptedException {
        boolean isPictures = card.kind() == Kind.PICTURES;
        requireScope(call.caller(), isPictures ? Scope.CLASSIFY : Scope.SPEAK);
        shelf.requireReady(card.name());
        if (call.header("Content-Encoding").filter(how -> !how.equals("identity")).isPresent()) {
            throw HttpException.of(415, "unsupported_type", "a body that is packed is not read");
        }
        long bytesMax = isPictures ? pictures.bodyBytesMax() : speech.bodyBytesMax();
        // Any type: some clients name none, some that of what stands behind the JSON.
        try (Upload upload = call.upload(new UploadLimits("request", bytesMax, ""))) {
            RequestText text = new RequestText(upload.file(), jsonBytes(call, upload.bytes()));
            RequestHead head = head(card, text);
            Map<String, Boolean> wished = Signature.of(card, hasHeatMaps).wished(head);
            return isPictures ? seen(card, head, text, wished) : spoken(card, head, text, wished);
        } catch (JsonException e) {
            throw Refused.bad(String.valueOf(e.getMessage()));
        } catch (AnswerException e) {
            throw Statuses.of(e);
        }
    }

    /** The route is for whoever may use one of both kinds; this is one of them. */
    private static void requireScope(Caller caller, Scope scope) {
        if (caller.isKnown() && !caller.scopes().contains(scope)) {
            throw HttpException.of(
                    403, "insufficient_scope", "this token lacks the scope " + scope.word());
        }
    }

    /** Without the header all of the body is JSON. */
    private static long jsonBytes(Call call, long bodyBytes) {
        String said = call.header(InferenceReply.LENGTH).orElse(null);
        if (said == null) {
            return bodyBytes;
        }
        boolean isNumber =
                !said.isEmpty()
                        && said.length() <= LENGTH_DIGITS_MAX
                        && said.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!isNumber || Long.parseLong(said) > bodyBytes) {
            throw Refused.bad(InferenceReply.LENGTH + " is how many bytes of the body are JSON");
        }
        return Long.parseLong(said);
    }

    private RequestHead head(ModelCard card, RequestText text) throws IOException {
        RequestHead head = RequestHead.of(text.head());
        String name = head.modelName();
        if (name != null && !name.equals(card.name())) {
            throw Refused.bad(
                    "the body is for model %s, the path for %s"
                            .formatted(Json.quoted(name), Json.quoted(card.name())));
        }
        Signature.of(card, hasHeatMaps).check(head);
        return head;
    }

    private Reply seen(
            ModelCard card, RequestHead head, RequestText text, Map<String, Boolean> wished)
            throws IOException, InterruptedException {
        PictureInference.Answered answered = pictures.answer(card, head, text, wished.keySet());
        return reply(card, head, wished, answered.outputs(), answered.factors()).reply(() -> {});
    }

    private Reply spoken(
            ModelCard card, RequestHead head, RequestText text, Map<String, Boolean> wished)
            throws IOException, InterruptedException {
        SpeechInference.Spoken spoken = speech.answer(card, head, text);
        try {
            return reply(card, head, wished, spoken.outputs(wished.keySet()), List.of())
                    .reply(spoken::delete);
        } catch (IOException | RuntimeException e) {
            spoken.delete();
            throw e;
        }
    }

    private InferenceReply reply(
            ModelCard card,
            RequestHead head,
            Map<String, Boolean> wished,
            List<Output> outputs,
            List<Integer> factors) {
        List<InferenceReply.Part> parts =
                outputs.stream()
                        .map(
                                each ->
                                        new InferenceReply.Part(
                                                each, Boolean.TRUE.equals(wished.get(each.name()))))
                        .toList();
        return new InferenceReply(
                card.name(), shelf.version(card.name()), head.id(), factors, parts);
    }
}
