package dev.snug.server.work;

import dev.snug.runtime.budget.BudgetException;
import dev.snug.runtime.bundle.BundleException;
import dev.snug.runtime.job.DoesNotFitException;
import dev.snug.runtime.json.JsonException;
import dev.snug.runtime.limit.LimitException;
import dev.snug.runtime.worker.WorkerException;
import dev.snug.server.answer.AnswerException;
import dev.snug.server.answer.AnswerException.Kind;
import dev.snug.speech.text.TextException;
import dev.snug.speech.text.book.BookException;
import dev.snug.speech.text.markup.MarkupException;
import dev.snug.speech.voice.VoiceException;
import dev.snug.vision.patient.PatientException;
import dev.snug.vision.picture.PictureException;
import dev.snug.vision.picture.PictureTooLargeException;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.Optional;

/** What goes wrong with a question, as the one who asks is told. */
final class Refusals {
    private Refusals() {}

    /**
     * The refusal behind {@code cause} when the question is why; empty when the worker is: then the
     * exception goes on, and tells by its kind what becomes of the worker.
     */
    static Optional<AnswerException> ofQuestion(RuntimeException cause) {
        return switch (cause) {
            case AnswerException already -> Optional.of(already);
            case PictureTooLargeException _,
                    DoesNotFitException _,
                    BudgetException _,
                    LimitException _ ->
                    Optional.of(of(Kind.TOO_LARGE, cause));
            case PictureException _,
                    PatientException _,
                    TextException _,
                    VoiceException _,
                    MarkupException _,
                    BookException _,
                    JsonException _,
                    BundleException _,
                    IllegalArgumentException _ ->
                    Optional.of(of(Kind.BAD_QUESTION, cause));
            default -> Optional.empty();
        };
    }

    /** The refusal that {@code work} ends in, null where it does its work; what else, goes on. */
    static @Nullable AnswerException within(Runnable work) {
        try {
            work.run();
            return null;
        } catch (RuntimeException e) {
            return ofQuestion(e).orElseThrow(() -> e);
        }
    }

    /** What a worker's failure is to the one who asked. */
    static AnswerException ofWorker(WorkerException cause) {
        Kind kind =
                switch (cause.kind()) {
                    case OUT_OF_MEMORY -> Kind.TOO_LARGE;
                    case BAD_REQUEST -> Kind.BAD_QUESTION;
                    case BUSY, CLOSED -> Kind.BUSY;
                    case STUCK -> Kind.TOO_SLOW;
                    case FAILED, CANCELLED, CRASHED, KILLED_FOR_MEMORY, NOT_STARTED -> Kind.FAILED;
                };
        return new AnswerException(kind, String.valueOf(cause.getMessage()), cause);
    }

    /**
     * {@code refusal} without the name of a file of this server: who asked sent bytes, and where
     * they lie here is not theirs to know.
     *
     * @param what they are, such as "the picture"
     */
    static AnswerException withoutNameOf(Path file, String what, AnswerException refusal) {
        String words = String.valueOf(refusal.getMessage());
        String said = words.replace(file + ": ", "").replace(file.toString(), what);
        return new AnswerException(refusal.kind(), said, refusal);
    }

    private static AnswerException of(Kind kind, RuntimeException cause) {
        return new AnswerException(kind, String.valueOf(cause.getMessage()), cause);
    }
}
