package dev.snug.server.job.run;

import dev.snug.server.answer.ModelCard.Kind;
import dev.snug.server.job.JobException;
import dev.snug.server.job.JobQuestion;
import dev.snug.server.job.JobStore;
import dev.snug.server.job.Outcome;
import dev.snug.server.job.Task;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;

/** Does one item after the other, and tells the store what became of it. For several threads. */
final class Working {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final JobStore store;
    private final PatientStore patient;
    private final Workplace workplace;
    private final Function<byte[], JobQuestion> reading;
    private final KnownLines lines;
    private final JobMeter meter;
    private final Consumer<String> log;
    private final PictureItems pictures;
    private final TextItems texts;

    Working(
            JobStore store,
            PatientStore patient,
            Workplace workplace,
            Function<byte[], JobQuestion> reading,
            KnownLines lines,
            JobMeter meter,
            Consumer<String> log) {
        this.store = store;
        this.patient = patient;
        this.workplace = workplace;
        this.reading = reading;
        this.lines = lines;
        this.meter = meter;
        this.log = log;
        this.pictures = new PictureItems(workplace);
        this.texts = new TextItems(store, patient, workplace, () -> meter.stepEnded(Kind.SPEECH));
    }

    /**
     * Does {@code task}, or a turn of it.
     *
     * @return whether the next may be taken at once
     * @throws InterruptedException when interrupted; the item is back in its line then
     */
    boolean done(Task task, Duration turn) throws InterruptedException {
        long startNanos = System.nanoTime();
        Ending ending = Ending.later("");
        meter.begun();
        try {
            ending = unlessUnwanted(task, ending(task, turn));
            settle(task, ending, (System.nanoTime() - startNanos) / NANOS_PER_MILLI);
        } catch (InterruptedException e) {
            leave(task);
            throw e;
        } finally {
            meter.ended(ending);
        }
        return !(ending instanceof Ending.Back back) || back.isSoon();
    }

    private Ending ending(Task task, Duration turn) throws InterruptedException {
        try {
            if (!workplace.has(task.order().line())) {
                lines.forget();
                return Ending.later("model %s changed".formatted(task.order().line().model()));
            }
            JobQuestion question = reading.apply(task.order().question());
            Path file = patient.insist(() -> store.file(task));
            return switch (question) {
                case JobQuestion.Pictures asked -> pictures.done(task, asked, file);
                case JobQuestion.Document asked -> texts.done(task, asked, file, turn);
            };
        } catch (IOException | RuntimeException e) {
            // Whatever it is, the thread goes on, and this item is not tried for ever.
            return Ending.counted(String.valueOf(e));
        }
    }

    /** Of a job that was cancelled the files are gone: what fails then is nobody's fault. */
    private Ending unlessUnwanted(Task task, Ending ending) {
        try {
            boolean isFailure = ending instanceof Ending.Back back && back.isCounted();
            return isFailure && store.standing(task) != JobStore.Standing.WANTED
                    ? new Ending.Dropped()
                    : ending;
        } catch (JobException e) {
            // It does not answer now; it will know when it is told.
            return ending;
        }
    }

    private void settle(Task task, Ending ending, long millis) throws InterruptedException {
        try {
            switch (ending) {
                case Ending.Over(Outcome outcome) -> finish(task, outcome, millis);
                case Ending.Back back -> giveBack(task, back);
                case Ending.Dropped _ -> {} // the store knows
            }
        } catch (IOException | RuntimeException e) {
            // It is handed out again when its time is over.
            log.accept("jobs: %s is left to the queue: %s".formatted(words(task), e));
        }
    }

    private void finish(Task task, Outcome outcome, long millis)
            throws IOException, InterruptedException {
        // The time of a text was told step by step.
        long left = outcome instanceof Outcome.Made ? 0 : millis;
        boolean isFirst;
        try {
            isFirst = patient.insist(() -> store.finish(task, outcome, left));
        } catch (IOException e) {
            giveBack(task, new Ending.Back(true, false, String.valueOf(e)));
            return;
        }
        if (isFirst) {
            log.accept("jobs: %s %s in %d ms".formatted(words(task), word(outcome), millis));
        }
        if (isFirst && outcome instanceof Outcome.Answered) {
            meter.stepEnded(Kind.PICTURES);
        }
    }

    private void giveBack(Task task, Ending.Back back) throws IOException, InterruptedException {
        if (!back.why().isEmpty()) {
            log.accept("jobs: %s goes back to its line: %s".formatted(words(task), back.why()));
        }
        patient.insist(
                () -> {
                    store.giveBack(task, back.isCounted());
                    return true;
                });
    }

    /** Gives {@code task} back before the server ends, if the store answers now. */
    private void leave(Task task) {
        try {
            store.giveBack(task, false);
        } catch (JobException e) {
            log.accept("jobs: %s is left to the queue: %s".formatted(words(task), e.getMessage()));
        }
    }

    private static String word(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Answered _ -> "answered";
            case Outcome.Made _ -> "made";
            case Outcome.Failed failed -> "failed (" + failed.problem().code() + ")";
        };
    }

    private static String words(Task task) {
        return "item %d of job %s".formatted(task.item(), task.job());
    }
}
