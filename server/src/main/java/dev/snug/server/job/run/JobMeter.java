package dev.snug.server.job.run;

import dev.snug.server.answer.ModelCard.Kind;
import dev.snug.server.job.JobException;
import dev.snug.server.job.JobStore;
import dev.snug.server.job.Outcome;
import dev.snug.server.metrics.Counter;
import dev.snug.server.metrics.Metrics;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;

/** What is counted of jobs. */
public final class JobMeter {
    private final AtomicInteger running = new AtomicInteger();
    private final Counter items;
    private final Counter steps;

    /** Counts in {@code metrics}; what waits is asked of {@code store} when somebody looks. */
    public JobMeter(Metrics metrics, JobStore store) {
        metrics.gauge(
                "snug_jobs_waiting_items",
                "Pictures and texts of jobs that wait, on all servers of the queue.",
                () -> asked(store::waiting));
        metrics.gauge(
                "snug_jobs_dead_letters",
                "Items of jobs that were given up.",
                () -> asked(store::deadLetters));
        metrics.gauge("snug_jobs_running_items", "Items that this server works on.", running::get);
        items =
                metrics.counter(
                        "snug_jobs_items_total",
                        "Items that this server let go of, by how: answered, made, failed, back in"
                                + " the queue, dropped because nobody wanted them any more.",
                        "end");
        steps =
                metrics.counter(
                        "snug_jobs_steps_total",
                        "Pictures answered and chunks spoken for jobs.",
                        "kind");
    }

    /** Not a number while the queue is away. */
    private static double asked(LongSupplier store) {
        try {
            return store.getAsLong();
        } catch (JobException e) {
            return Double.NaN;
        }
    }

    void begun() {
        running.incrementAndGet();
    }

    void stepEnded(Kind kind) {
        steps.add(1, kind.word());
    }

    void ended(Ending ending) {
        items.add(1, word(ending));
        running.decrementAndGet();
    }

    private static String word(Ending ending) {
        return switch (ending) {
            case Ending.Over(Outcome.Answered _) -> "answered";
            case Ending.Over(Outcome.Made _) -> "made";
            case Ending.Over(Outcome.Failed _) -> "failed";
            case Ending.Back _ -> "back";
            case Ending.Dropped _ -> "dropped";
        };
    }
}
