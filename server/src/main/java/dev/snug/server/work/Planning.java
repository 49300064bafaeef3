package dev.snug.server.work;

import dev.snug.runtime.plan.HeapShare;
import dev.snug.runtime.worker.Request;
import dev.snug.runtime.worker.Worker;
import dev.snug.runtime.worker.WorkerException;
import dev.snug.runtime.worker.WorkerSettings;
import dev.snug.server.answer.AnswerException;
import dev.snug.server.answer.PlanCard;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** Has a process plan that ends afterwards; one at a time is the caller's care. */
final class Planning {
    /** Looking at the largest graphs takes some seconds on a slow machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Of the process; the graphs of F5-TTS take 10 MiB of its heap. */
    private static final long LIMIT_BYTES = 160L << 20;

    private static final int ANSWER_BYTES_MAX = 256 << 10;

    private final WorkerSetup setup;

    /** Plans for the models of {@code setup}, whose limit is the whole server's. */
    Planning(WorkerSetup setup) {
        this.setup = setup;
    }

    /**
     * How the limit is shared, and the plans under the shares.
     *
     * @param standards models that answer by default, one a kind
     */
    Survey survey(List<String> standards) throws InterruptedException {
        String text = String.join(" ", standards);
        return Survey.decode(asked(PlanTask.SURVEY, text, setup.limitBytes()));
    }

    /** The plan of one model under {@code limitBytes}. */
    PlanCard plan(String model, long limitBytes) throws InterruptedException {
        return CardWire.card(asked(PlanTask.PLAN, model, limitBytes), "the plan of " + model);
    }

    private byte[] asked(String what, String text, long limitBytes) throws InterruptedException {
        WorkerSetup planned = setup.withLimitBytes(limitBytes);
        WorkerSettings start =
                WorkerSettings.of(PlanTask.class, HeapShare.of(LIMIT_BYTES))
                        .withOptions(planned.options());
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try (Worker worker = Worker.start(start)) {
            worker.run(
                    Request.of(what, body, PATIENCE),
                    part -> {
                        byte[] bytes = new byte[part.remaining()];
                        part.get(bytes);
                        if (bytes.length > ANSWER_BYTES_MAX - answer.size()) {
                            throw new AnswerException(
                                    AnswerException.Kind.FAILED, "a plan has no end");
                        }
                        answer.writeBytes(bytes);
                    });
        } catch (WorkerException e) {
            throw Refusals.ofWorker(e);
        }
        return answer.toByteArray();
    }
}
