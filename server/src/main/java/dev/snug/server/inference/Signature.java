package dev.snug.server.inference;

import dev.snug.runtime.json.Json;
import dev.snug.server.answer.ModelCard;
import dev.snug.server.answer.ModelCard.Field;
import dev.snug.server.answer.ModelCard.Kind;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a model takes and gives, as tensors. Pure.
 *
 * @param inputs that a request may have
 * @param outputs that an answer may have; of those the {@link #HEAT_MAP} comes when it is asked for
 *     alone
 */
record Signature(List<TensorInfo> inputs, List<TensorInfo> outputs) {
    static final String PICTURE = "picture";
    static final String IMAGE = "image";
    static final String SEX = "sex";
    static final String LOCATION = "location";
    static final String AGE = "age";
    static final String PROBABILITIES = "probabilities";
    static final String CLASSES = "classes";
    static final String NAMES = "names";
    static final String HEAT_MAP = "heatmap";
    static final String TEXT = "text";
    static final String VOICE = "voice";
    static final String SPEED = "speed";
    static final String STEPS = "steps";
    static final String SEED = "seed";
    static final String SOUND = "sound";
    static final String SAMPLE_RATE = "sample_rate";

    private static final long ANY = TensorInfo.ANY;

    Signature {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
    }

    /**
     * The signature of a model.
     *
     * @param hasHeatMaps whether this server shows them
     */
    static Signature of(ModelCard card, boolean hasHeatMaps) {
        return card.kind() == Kind.PICTURES
                ? ofPictures(card, hasHeatMaps && card.hasHeatMaps())
                : ofSpeech();
    }

    private static Signature ofPictures(ModelCard card, boolean hasHeatMaps) {
        List<TensorInfo> inputs = new ArrayList<>();
        inputs.add(TensorInfo.optional(PICTURE, Datatype.BYTES, ANY));
        inputs.add(TensorInfo.optional(IMAGE, Datatype.UINT8, ANY, ANY, ANY, 3L));
        for (Field field : card.fields()) {
            Datatype type = field.name().equals(AGE) ? Datatype.FP32 : Datatype.BYTES;
            inputs.add(TensorInfo.optional(field.name(), type, ANY));
        }
        long classes = card.classes().size();
        List<TensorInfo> outputs = new ArrayList<>();
        outputs.add(TensorInfo.required(PROBABILITIES, Datatype.FP32, ANY, classes));
        outputs.add(TensorInfo.required(CLASSES, Datatype.BYTES, classes));
        outputs.add(TensorInfo.required(NAMES, Datatype.BYTES, classes));
        if (hasHeatMaps) {
            outputs.add(TensorInfo.optional(HEAT_MAP, Datatype.BYTES, ANY));
        }
        return new Signature(inputs, outputs);
    }

    private static Signature ofSpeech() {
        return new Signature(
                List.of(
                        TensorInfo.required(TEXT, Datatype.BYTES, 1L),
                        TensorInfo.optional(VOICE, Datatype.BYTES, 1L),
                        TensorInfo.optional(SPEED, Datatype.FP32, 1L),
                        TensorInfo.optional(STEPS, Datatype.INT32, 1L),
                        TensorInfo.optional(SEED, Datatype.INT64, 1L)),
                List.of(
                        TensorInfo.required(SOUND, Datatype.INT16, 1L, ANY),
                        TensorInfo.required(SAMPLE_RATE, Datatype.INT32, 1L)));
    }

    /** As {@code GET /v2/models/NAME} tells it. */
    void tell(Map<String, @Nullable Object> json) {
        json.put("inputs", inputs.stream().map(TensorInfo::json).toList());
        json.put("outputs", outputs.stream().map(TensorInfo::json).toList());
    }

    /**
     * Checks names, types and shapes of a request.
     *
     * @throws dev.snug.server.http.HttpException 400
     */
    void check(RequestHead head) {
        Set<String> given = new HashSet<>();
        for (RequestHead.Input input : head.inputs()) {
            TensorInfo info = find(inputs, input.name(), "takes no input");
            if (!given.add(input.name())) {
                throw Refused.bad("input " + Json.quoted(input.name()) + " stands there twice");
            }
            info.check(input);
        }
        for (TensorInfo info : inputs) {
            if (!info.isOptional() && !given.contains(info.name())) {
                throw Refused.bad("the request lacks the input " + Json.quoted(info.name()));
            }
        }
        if (inputs.stream().anyMatch(info -> info.name().equals(PICTURE))
                && given.contains(PICTURE) == given.contains(IMAGE)) {
            throw Refused.bad("the request has either the input 'picture' or the input 'image'");
        }
    }

    /**
     * The outputs to answer with, by name, and whether each is binary.
     *
     * @throws dev.snug.server.http.HttpException 400
     */
    Map<String, Boolean> wished(RequestHead head) {
        Map<String, Boolean> wished = new LinkedHashMap<>();
        List<RequestHead.Wish> wishes = head.outputs();
        if (wishes == null || wishes.isEmpty()) {
            outputs.stream()
                    .filter(info -> !info.isOptional())
                    .forEach(info -> wished.put(info.name(), head.isBinary()));
            return wished;
        }
        for (RequestHead.Wish wish : wishes) {
            find(outputs, wish.name(), "gives no output");
            if (wished.put(wish.name(), wish.isBinary()) != null) {
                throw Refused.bad("output " + Json.quoted(wish.name()) + " is wished twice");
            }
        }
        return wished;
    }

    private static TensorInfo find(List<TensorInfo> infos, String name, String missing) {
        return infos.stream()
                .filter(info -> info.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                Refused.bad(
                                        "the model %s %s; there are %s"
                                                .formatted(
                                                        missing,
                                                        Json.quoted(name),
                                                        infos.stream()
                                                                .map(TensorInfo::name)
                                                                .collect(
                                                                        Collectors.joining(
                                                                                ", ")))));
    }
}
