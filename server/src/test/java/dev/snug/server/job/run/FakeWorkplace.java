package dev.snug.server.job.run;

import dev.snug.server.answer.AnswerException;
import dev.snug.server.answer.ModelCard.Kind;
import dev.snug.server.answer.PictureAnswer;
import dev.snug.server.answer.PictureQuestion;
import dev.snug.server.job.Line;
import dev.snug.server.work.BookQuestion;
import dev.snug.server.work.BookSteps;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/**
 * A server without models: a picture's answer is its file's text, a text takes a step a line and
 * its sound is the text.
 */
final class FakeWorkplace implements Workplace {
    static final Line PICTURES = new Line(Kind.PICTURES, "skin", "aa");
    static final Line SPEECH = new Line(Kind.SPEECH, "voice", "bb");

    /** What was done, in order: pictures by their text, steps by their number. */
    final List<String> done = new CopyOnWriteArrayList<>();

    /** What goes wrong with a picture of this text, or before a step. */
    volatile Function<String, Optional<AnswerException>> wrong = _ -> Optional.empty();

    volatile boolean isInTurns;
    volatile boolean isAwaited;

    /** How long each picture and step takes. */
    volatile long millis;

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void work(String what) throws InterruptedException {
        Thread.sleep(millis);
        Optional<AnswerException> why = wrong.apply(what);
        done.add(what);
        if (why.isPresent()) {
            throw why.get();
        }
    }

    @Override
    public Set<Line> lines() {
        return Set.of(PICTURES, SPEECH);
    }

    @Override
    public boolean has(Line line) {
        return lines().contains(line);
    }

    @Override
    public boolean isInTurns() {
        return isInTurns;
    }

    @Override
    public boolean isAwaited(Kind kind) {
        return isAwaited;
    }

    @Override
    public PictureAnswer classify(PictureQuestion question) throws InterruptedException {
        String text = text(question.file());
        work(text);
        return new PictureAnswer(
                text, List.of(), Optional.empty(), false, List.of(), Optional.empty(), 0, false);
    }

    @Override
    public Path speak(BookQuestion question, BookSteps steps) throws InterruptedException {
        List<String> lines = text(question.file()).lines().toList();
        Path state = question.workspace().resolve("folder");
        try {
            Files.createDirectories(state);
            Path file = state.resolve("steps");
            int from = Files.exists(file) ? Integer.parseInt(Files.readString(file)) : 0;
            for (int i = from; i < lines.size(); i++) {
                steps.goesOn();
                work(lines.get(i));
                Files.writeString(file, Integer.toString(i + 1));
                steps.stepEnded(i + 1, lines.size(), 1);
            }
            return Files.writeString(
                    question.workspace().resolve("sound.wav"), String.join("+", lines));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
