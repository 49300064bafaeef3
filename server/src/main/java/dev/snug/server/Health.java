package dev.snug.server;

import dev.snug.server.answer.AnswerException;
import dev.snug.server.answer.Answering;
import dev.snug.server.http.Call;
import dev.snug.server.http.HttpException;
import dev.snug.server.http.Reply;
import dev.snug.server.metrics.Metrics;

import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** What those who watch over a server ask it: whether it lives, whether it answers, its numbers. */
final class Health {
    private final Answering answering;
    private final Metrics metrics;

    Health(Answering answering, Metrics metrics) {
        this.answering = answering;
        this.metrics = metrics;
    }

    /** It lives: it answered. */
    Reply live(Call call) {
        return Reply.text(200, "ok\n");
    }

    /** Whether there is a model that could answer; nothing is loaded for it. */
    Reply ready(Call call) {
        try {
            if (answering.models().isEmpty()) {
                throw notReady("there is no model: snug pull sklesion, or snug import");
            }
        } catch (AnswerException e) {
            throw notReady(String.valueOf(e.getMessage()));
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
