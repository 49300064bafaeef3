package dev.snug.server.job.run;

import dev.snug.server.answer.ModelCard.Kind;
import dev.snug.server.answer.PictureAnswer;
import dev.snug.server.answer.PictureQuestion;
import dev.snug.server.job.Line;
import dev.snug.server.work.BookQuestion;
import dev.snug.server.work.BookSteps;

import java.nio.file.Path;
import java.util.Set;

/** Where jobs are done: the workers of this server. Methods throw {@code AnswerException}. */
public interface Workplace {
    /** Where items wait that can be done here; looked up now. */
    Set<Line> lines();

    /** Whether exactly this model is there now. */
    boolean has(Line line);

    /** Whether the kinds of work take turns, because there is room for one worker only. */
    boolean isInTurns() throws InterruptedException;

    /** Whether somebody waits for the worker of {@code kind}. */
    boolean isAwaited(Kind kind);

    /** Says what is on a picture. */
    PictureAnswer classify(PictureQuestion question) throws InterruptedException;

    /** Speaks a document into a file, which it returns. */
    Path speak(BookQuestion question, BookSteps steps) throws InterruptedException;
}
