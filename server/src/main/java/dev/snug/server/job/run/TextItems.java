package dev.snug.server.job.run;

import dev.snug.server.answer.AnswerException;
import dev.snug.server.answer.SpeechQuestion;
import dev.snug.server.job.JobQuestion.Document;
import dev.snug.server.job.JobStore;
import dev.snug.server.job.JobStore.Standing;
import dev.snug.server.job.Outcome;
import dev.snug.server.job.Task;
import dev.snug.server.work.BookQuestion;
import dev.snug.speech.text.book.BookFile;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/** Has texts spoken, one stretch after the other; between two of them those who wait are first. */
final class TextItems {
    private final JobStore store;
    private final PatientStore patient;
    private final Workplace workplace;
    private final Runnable counting;

    TextItems(JobStore store, PatientStore patient, Workplace workplace, Runnable counting) {
        this.store = store;
        this.patient = patient;
        this.workplace = workplace;
        this.counting = counting;
    }

    /**
     * Works on {@code task} until it is over or others of the queue are to have a turn.
     *
     * @param turn how long that is
     */
    Ending done(Task task, Document asked, Path file, Duration turn)
            throws IOException, InterruptedException {
        Path workspace = patient.insist(() -> store.workspace(task));
        BookQuestion question = question(task, asked, file, workspace);
        Slice slice =
                new Slice(
                        store,
                        task,
                        turn,
                        () -> workplace.isAwaited(task.order().line().kind()),
                        counting,
                        System::nanoTime);
        while (true) {
            try {
                Path sound = workplace.speak(question, slice);
                return new Ending.Over(made(sound, asked));
            } catch (AnswerException e) {
                return Ending.of(e);
            } catch (Slice.End end) {
                switch (end.why()) {
                    case UNWANTED -> {
                        return new Ending.Dropped();
                    }
                    case TURN_OVER -> {
                        return Ending.TURN_OVER;
                    }
                    case UNTOLD -> {
                        if (told(task, slice.untold()) != Standing.WANTED) {
                            return new Ending.Dropped();
                        }
                    }
                    case AWAITED -> {} // the next request waits behind those who wait now
                }
            }
        }
    }

    private Standing told(Task task, Slice.Untold step) throws IOException, InterruptedException {
        return patient.insist(() -> store.progress(task, step.done(), step.total(), step.millis()));
    }

    private static BookQuestion question(Task task, Document asked, Path file, Path workspace) {
        SpeechQuestion speech = asked.speech();
        return new BookQuestion(
                file,
                kind(asked.document()),
                workspace,
                asked.name(),
                new SpeechQuestion(
                        task.order().line().model(),
                        "",
                        speech.voice(),
                        speech.speed(),
                        speech.steps(),
                        speech.seed(),
                        speech.format()));
    }

    private static BookFile kind(Document.Kind document) {
        return switch (document) {
            case TEXT -> BookFile.PLAIN;
            case MARKDOWN -> BookFile.MARKDOWN;
            case EPUB -> BookFile.EPUB;
        };
    }

    private static Outcome.Made made(Path sound, Document asked) {
        String file = String.valueOf(sound.getFileName());
        String ending = file.substring(file.lastIndexOf('.'));
        return new Outcome.Made(sound, asked.speech().format().type(), asked.name() + ending);
    }
}
