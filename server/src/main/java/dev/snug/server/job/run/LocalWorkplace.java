package dev.snug.server.job.run;

import dev.snug.server.answer.Answering;
import dev.snug.server.answer.ModelCard.Kind;
import dev.snug.server.answer.PictureAnswer;
import dev.snug.server.answer.PictureQuestion;
import dev.snug.server.job.Line;
import dev.snug.server.work.BookQuestion;
import dev.snug.server.work.BookSteps;
import dev.snug.server.work.LocalAnswering;

import java.nio.file.Path;
import java.util.Set;

/**
 * The workers of this machine.
 *
 * @param pictures answers them, from what was kept where it can
 * @param workers does the rest
 */
public record LocalWorkplace(Answering pictures, LocalAnswering workers) implements Workplace {
    @Override
    public Set<Line> lines() {
        return workers.lines();
    }

    @Override
    public boolean has(Line line) {
        return workers.has(line);
    }

    @Override
    public boolean isInTurns() throws InterruptedException {
        return workers.isInTurns();
    }

    @Override
    public boolean isAwaited(Kind kind) {
        return workers.isAwaited(kind);
    }

    @Override
    public PictureAnswer classify(PictureQuestion question) throws InterruptedException {
        return pictures.classify(question);
    }

    @Override
    public Path speak(BookQuestion question, BookSteps steps) throws InterruptedException {
        return workers.speak(question, steps);
    }
}
