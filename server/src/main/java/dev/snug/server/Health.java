package dev.snug.server;

import dev.snug.server.answer.AnswerException;
import dev.snug.server.answer.Answering;
import dev.snug.server.answer.ProviderCard;
import dev.snug.server.http.Call;
import dev.snug.server.http.HttpException;
import dev.snug.server.http.Reply;
import dev.snug.server.metrics.Metrics;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** What those who watch over a server ask it: whether it lives, whether it answers, its numbers. */
final class Health {
    private final Answering answering;
    private final Metrics metrics;
    private final Supplier<Optional<ProviderCard>> provider;

    /**
     * The health of a server.
     *
     * @param provider what computes, once that is known
     */
    Health(Answering answering, Metrics metrics, Supplier<Optional<ProviderCard>> provider) {
        this.answering = answering;
        this.metrics = metrics;
        this.provider = provider;
    }

    /** It lives: it answered. */
    Reply live(Call call) {
        return Reply.text(200, "ok\n");
    }

    /**
     * Whether there is a model that could answer, and what was asked to compute it can; nothing is
     * loaded for it.
     */
    Reply ready(Call call) {
        try {
            if (answering.models().isEmpty()) {
                throw notReady("there is no model: snug pull sklesion, or snug import");
            }
        } catch (AnswerException e) {
            throw notReady(String.valueOf(e.getMessage()));
        }
        ProviderCard card = provider.get().orElse(null);
        if (card != null && card.provider() == null) {
            throw notReady(String.valueOf(card.reason()));
        }
        return Reply.text(200, "ready\n");
    }

    private static HttpException notReady(String words) {
        return HttpException.of(503, "not_ready", words).retryAfter(Duration.ofSeconds(5));
    }

    /** All numbers. */
    Reply metrics(Call call) {
        return Reply.bytes(200, Metrics.TYPE, metrics.text().getBytes(StandardCharsets.UTF_8));
    }
}
