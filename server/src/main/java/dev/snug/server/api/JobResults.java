package dev.snug.server.api;

import dev.snug.runtime.json.Json;
import dev.snug.server.http.Call;
import dev.snug.server.http.HttpException;
import dev.snug.server.http.Reply;
import dev.snug.server.job.Job;
import dev.snug.server.job.Job.State;
import dev.snug.server.job.JobOrder;
import dev.snug.server.job.JobQuestion;
import dev.snug.server.job.JobQuestion.Picture;
import dev.snug.server.job.JobQuestions;
import dev.snug.server.job.JobStore;
import dev.snug.server.job.JobStore.Ended;
import dev.snug.server.job.JobStore.Sound;
import dev.snug.server.job.Outcome;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What jobs made: a sound, or the answers to pictures one by one. */
final class JobResults {
    static final String LINES = "application/x-ndjson";

    /** Answers on the heap at a time; each is at most {@link Outcome#ANSWER_BYTES_MAX}. */
    private static final int ANSWERS_AT_ONCE = 2;

    private final JobStore store;

    JobResults(JobStore store) {
        this.store = store;
    }

    /** The result of a job that is over. */
    Reply of(Job job, Call call) throws IOException {
        if (!job.state().isOver()) {
            throw HttpException.of(
                    409,
                    "not_ready",
                    "This job is %s; its result comes later".formatted(word(job)));
        }
        if (job.state() != State.SUCCEEDED) {
            throw HttpException.of(
                    409, "no_result", "This job is %s and has no result".formatted(word(job)));
        }
        return switch (job.line().kind()) {
            case SPEECH -> sound(job);
            case PICTURES -> answers(job, call.header("Accept").orElse("").contains(LINES));
        };
    }

    private static String word(Job job) {
        return job.state().word();
    }

    private Reply sound(Job job) throws IOException {
        Sound sound = store.sound(job.id()).orElseThrow(Jobs::notFound);
        Reply.Writer writer =
                out -> {
                    try (InputStream in = sound.in()) {
                        in.transferTo(out);
                    }
                };
        return Reply.sized(sound.type(), sound.bytes(), writer)
                .with("Content-Disposition", attachment(sound.name()));
    }

    /** RFC 6266 with RFC 8187 for what is not ASCII. */
    static String attachment(String name) {
        String plain = name.replaceAll("[^ -~]|[\"\\\\]", "_");
        String encoded = URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
        return "attachment; filename=\"%s\"; filename*=UTF-8''%s".formatted(plain, encoded);
    }

    private Reply answers(Job job, boolean isLines) {
        JobOrder order = store.order(job.id()).orElseThrow(Jobs::notFound);
        if (!(JobQuestions.read(order.question()) instanceof JobQuestion.Pictures asked)) {
            throw new IllegalStateException(job.id() + " answers no pictures");
        }
        return Reply.stream(
                isLines ? LINES : "application/json",
                out -> write(job.id(), asked.pictures(), isLines, out));
    }

    private void write(String id, List<Picture> pictures, boolean isLines, OutputStream out)
            throws IOException {
        put(out, isLines ? "" : "{\"results\":[\n");
        int first = 0;
        boolean isFirst = true;
        for (List<Ended> some = store.ended(id, first, ANSWERS_AT_ONCE);
                !some.isEmpty();
                some = store.ended(id, first, ANSWERS_AT_ONCE)) {
            for (Ended ended : some) {
                put(out, isFirst || isLines ? "" : ",\n");
                out.write(line(pictures.get(ended.item()).name(), ended.outcome()));
                put(out, isLines ? "\n" : "");
                isFirst = false;
                first = ended.item() + 1;
            }
        }
        put(out, isLines ? "" : "\n]}\n");
    }

    private static void put(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.US_ASCII));
    }

    /** A picture's name and what became of it, on one line. */
    private static byte[] line(String name, Outcome outcome) throws IOException {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("name", name);
        if (outcome instanceof Outcome.Failed failed) {
            json.put("error", JobJson.error(failed.problem()));
        }
        byte[] head = oneLine(Json.bytes(json));
        if (!(outcome instanceof Outcome.Answered answered)) {
            return head;
        }
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        line.write(head, 0, head.length - 1);
        line.write(", \"answer\" : ".getBytes(StandardCharsets.US_ASCII));
        line.write(oneLine(answered.json()));
        line.write('}');
        return line.toByteArray();
    }

    /**
     * Without line feeds and the blanks behind them: within strings there is none (RFC 8259, 7).
     */
    static byte[] oneLine(byte[] json) {
        byte[] line = new byte[json.length];
        int length = 0;
        boolean isIndent = false;
        for (byte each : json) {
            isIndent = each == '\n' || (isIndent && each == ' ');
            if (!isIndent) {
                line[length++] = each;
            }
        }
        return Arrays.copyOf(line, length);
    }
}
