package dev.snug.server.inference;

import dev.snug.runtime.json.Json;
import dev.snug.server.answer.AnswerException;
import dev.snug.server.answer.Answering;
import dev.snug.server.answer.LocalModels;
import dev.snug.server.answer.ModelCard;
import dev.snug.server.api.Statuses;
import dev.snug.server.http.HttpException;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The models as this protocol has them: with a version, and ready from the start, because the first
 * question loads what is not loaded. Only one that was unloaded is not ready, until it is loaded;
 * that is known to this process alone and ends with it. From many threads at once.
 */
final class Shelf {
    /** Digits of a version: enough to tell a host's models apart, few enough to be typed. */
    private static final int VERSION_DIGITS = 12;

    private final Answering answering;
    private final @Nullable LocalModels local;
    private final Set<String> unloaded = ConcurrentHashMap.newKeySet();

    /**
     * The models of {@code answering}.
     *
     * @param local the same models where they are on this machine; null where another one has them
     */
    Shelf(Answering answering, @Nullable LocalModels local) {
        this.answering = answering;
        this.local = local;
    }

    /**
     * A model by name.
     *
     * @param version that is asked for; null for the one there is
     * @throws HttpException 404
     */
    ModelCard find(String name, @Nullable String version) {
        ModelCard card =
                cards().stream()
                        .filter(each -> each.name().equals(name))
                        .findFirst()
                        .orElseThrow(() -> none("there is no model " + Json.quoted(name)));
        if (version != null && !version.equals(version(name))) {
            throw none("model %s has no version %s".formatted(name, Json.quoted(version)));
        }
        return card;
    }

    private static HttpException none(String words) {
        return HttpException.of(404, "model_not_found", words);
    }

    private List<ModelCard> cards() {
        try {
            return answering.models();
        } catch (AnswerException e) {
            throw Statuses.of(e);
        }
    }

    /** Of the files that a model consists of; null where another machine has them. */
    @Nullable String version(String name) {
        try {
            return local == null ? null : local.version(name).substring(0, VERSION_DIGITS);
        } catch (AnswerException e) {
            throw Statuses.of(e);
        }
    }

    boolean isReady(String name) {
        return !unloaded.contains(name);
    }

    /**
     * Checks that a model answers here.
     *
     * @throws HttpException 400
     */
    void requireReady(String name) {
        if (!isReady(name)) {
            throw HttpException.of(400, "not_ready", notReady(name));
        }
    }

    static String notReady(String name) {
        return "model %s was unloaded: POST /v2/repository/models/%1$s/load".formatted(name);
    }

    /** All models, or those that are ready. */
    List<Map<String, @Nullable Object>> index(boolean isReadyAlone) {
        List<Map<String, @Nullable Object>> index = new ArrayList<>();
        for (ModelCard card : cards()) {
            boolean isReady = isReady(card.name());
            if (isReadyAlone && !isReady) {
                continue;
            }
            Map<String, @Nullable Object> json = new LinkedHashMap<>();
            json.put("name", card.name());
            String version = version(card.name());
            if (version != null) {
                json.put("version", version);
            }
            json.put("state", isReady ? "READY" : "UNAVAILABLE");
            json.put("reason", isReady ? "" : "unloaded");
            index.add(json);
        }
        return index;
    }

    /**
     * Loads a model.
     *
     * @throws HttpException 400 when it does not fit or is none
     */
    void load(String name) throws InterruptedException {
        LocalModels models = here();
        find(name, null);
        try {
            models.load(name);
        } catch (AnswerException e) {
            throw switch (e.kind()) {
                case BUSY, TOO_SLOW, FAILED, NOT_FOUND, VOICE_EXISTS, VOICE_NOT_FOUND ->
                        Statuses.of(e);
                case BAD_QUESTION, HEATMAP_OFF, PHOTO_REFUSED, TOO_LARGE ->
                        HttpException.of(400, "not_loaded", String.valueOf(e.getMessage()));
            };
        }
        unloaded.remove(name);
    }

    /** Unloads a model; whoever asks for it from now on is refused. */
    void unload(String name) throws InterruptedException {
        LocalModels models = here();
        find(name, null);
        unloaded.add(name);
        try {
            models.unload(name);
        } catch (AnswerException e) {
            throw Statuses.of(e);
        }
    }

    private LocalModels here() {
        if (local == null) {
            throw HttpException.of(
                    400,
                    "not_here",
                    "another server answers for this one (SNUG_UPSTREAM): load and unload there");
        }
        return local;
    }
}
