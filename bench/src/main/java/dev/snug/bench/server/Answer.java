package dev.snug.bench.server;

import dev.snug.bench.Run;
import dev.snug.runtime.json.Fields;
import dev.snug.runtime.json.Json;

import java.util.Map;

/**
 * What came back.
 *
 * @param status of HTTP; 0 when the connection broke
 * @param body all of it
 * @param atNanos when its last byte was there, {@link System#nanoTime}
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares answers as such
record Answer(int status, byte[] body, long atNanos) {
    private static final int OK = 200;
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;

    boolean isAnswered() {
        return status == OK;
    }

    /** Whether it is one of the two refusals that tell a client to come again. */
    boolean isRefusal() {
        return status == TOO_MANY || status == UNAVAILABLE;
    }

    /** Probability of each class of an answered picture. */
    Map<String, Double> probabilities() {
        return Run.probabilities(fields());
    }

    boolean hasHeatMap() {
        return fields().has("heatmap") && fields().tree("heatmap").get("png") != null;
    }

    private Fields fields() {
        return new Fields(Json.parseObject(body, "the server's answer"), "the server's answer");
    }
}
