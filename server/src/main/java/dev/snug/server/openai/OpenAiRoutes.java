package dev.snug.server.openai;

import dev.snug.server.answer.Answering;
import dev.snug.server.answer.ModelCard;
import dev.snug.server.answer.VoiceKeeping;
import dev.snug.server.api.Models;
import dev.snug.server.api.Speeches;
import dev.snug.server.http.Access;
import dev.snug.server.http.Call;
import dev.snug.server.http.HttpException;
import dev.snug.server.http.Reply;
import dev.snug.server.http.Route;
import dev.snug.server.http.Scope;

import java.util.List;

/** What OpenAI's clients ask a server for speech. */
public final class OpenAiRoutes {
    private final Answering answering;
    private final AudioSpeech speech;
    private final AudioVoices voices;

    /**
     * Answers with {@code answering}.
     *
     * @param keeping keeps the voices
     * @param speeches speaks
     * @param textChars most characters of a text that this server speaks at once
     */
    public OpenAiRoutes(
            Answering answering, VoiceKeeping keeping, Speeches speeches, int textChars) {
        this.answering = answering;
        this.speech = new AudioSpeech(answering, keeping, speeches, textChars);
        this.voices = new AudioVoices(keeping);
    }

    /** All of them. */
    public List<Route> routes() {
        Access speak = Access.open(Scope.SPEAK);
        // What is added or removed is there, or gone, for everybody.
        Access admin = Access.open(Scope.ADMIN);
        return List.of(
                Route.post("/v1/audio/speech", speak, speech::post),
                Route.get("/v1/audio/voices", speak, voices::list),
                Route.post("/v1/audio/voices", admin, voices::add),
                Route.post("/v1/audio/voices/{name}/remove", admin, voices::remove),
                Route.delete("/v1/audio/voices/{name}", admin, voices::remove),
                Route.get("/v1/models/{name}", Access.open(Scope.STATUS), this::model));
    }

    /** One model; for a name of OpenAI's, the one that answers for it. */
    private Reply model(Call call) {
        String asked = call.segment("name");
        List<ModelCard> models = Models.of(answering);
        String named = TheirNames.model(asked, models);
        return models.stream()
                .filter(card -> named == null ? isUsual(card) : card.name().equals(named))
                .findFirst()
                .map(card -> Reply.json(200, Models.listed(card)))
                .orElseThrow(() -> unknown("there is no such model here"));
    }

    private static boolean isUsual(ModelCard card) {
        return card.kind() == ModelCard.Kind.SPEECH && card.isDefault();
    }

    static HttpException unknown(String words) {
        return HttpException.of(404, "model_not_found", words + "; GET /v1/models").about("model");
    }
}
