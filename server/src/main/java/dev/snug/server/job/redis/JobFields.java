package dev.snug.server.job.redis;

import dev.snug.server.answer.ModelCard.Kind;
import dev.snug.server.job.Job;
import dev.snug.server.job.JobOrder;
import dev.snug.server.job.JobOrder.IdempotencyKey;
import dev.snug.server.job.Line;
import dev.snug.server.job.Outcome;
import dev.snug.server.redis.Redis;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A job as the fields of its hash.
 *
 * @param values by name
 */
record JobFields(Map<String, String> values) {
    private static final char ANSWERED = 'A';
    private static final char FAILED = 'F';

    JobFields {
        values = Map.copyOf(values);
    }

    /** Of a reply in which each name stands before its value; empty where there is none. */
    static JobFields of(List<?> reply) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i + 1 < reply.size(); i += 2) {
            values.put(Redis.text(reply.get(i)), Redis.text(reply.get(i + 1)));
        }
        return new JobFields(values);
    }

    boolean isEmpty() {
        return values.isEmpty();
    }

    String text(String name) {
        return values.getOrDefault(name, "");
    }

    private long whole(String name) {
        return Long.parseLong(values.getOrDefault(name, "0"));
    }

    private Optional<Instant> time(String name) {
        return values.containsKey(name)
                ? Optional.of(Instant.ofEpochMilli(whole(name)))
                : Optional.empty();
    }

    private Line line() {
        Kind kind = Kind.valueOf(text("kind").toUpperCase(Locale.ROOT));
        return new Line(kind, text("model"), text("version"));
    }

    Job job(String id) {
        return new Job(
                id,
                text("account"),
                line(),
                Job.State.valueOf(text("state").toUpperCase(Locale.ROOT)),
                Instant.ofEpochMilli(whole("created")),
                time("started"),
                time("ended"),
                (int) whole("done"),
                (int) whole("total"),
                (int) whole("failed"),
                whole("millis"),
                values.containsKey("code")
                        ? Optional.of(new Job.Problem(text("code"), text("message")))
                        : Optional.empty(),
                values.containsKey("bytes")
                        ? OptionalLong.of(whole("bytes"))
                        : OptionalLong.empty());
    }

    JobOrder order(byte[] question) {
        return new JobOrder(
                text("account"),
                line(),
                (int) whole("items"),
                question,
                text("key").isEmpty()
                        ? Optional.empty()
                        : Optional.of(new IdempotencyKey(text("key"), text("sha256"))));
    }

    /** A letter, then the answer, or code, a zero byte and a message; a sound lies elsewhere. */
    static byte[] written(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Answered answered -> {
                ByteArrayOutputStream out = new ByteArrayOutputStream(answered.json().length + 1);
                out.write(ANSWERED);
                out.writeBytes(answered.json());
                yield out.toByteArray();
            }
            case Outcome.Failed(Job.Problem problem) ->
                    Redis.bytes(FAILED + problem.code() + '\0' + problem.message());
            case Outcome.Made _ -> Redis.bytes("M");
        };
    }

    /** The outcome that was written so. */
    static Outcome outcome(byte[] written) {
        if (written[0] == ANSWERED) {
            return new Outcome.Answered(Arrays.copyOfRange(written, 1, written.length));
        }
        String text = new String(written, 1, written.length - 1, StandardCharsets.UTF_8);
        int cut = text.indexOf('\0');
        return new Outcome.Failed(new Job.Problem(text.substring(0, cut), text.substring(cut + 1)));
    }
}
