package dev.snug.server.job.run;

import dev.snug.runtime.json.Json;
import dev.snug.server.answer.AnswerException;
import dev.snug.server.answer.PictureAnswer;
import dev.snug.server.answer.PictureQuestion;
import dev.snug.server.api.PictureJson;
import dev.snug.server.job.JobQuestion.Pictures;
import dev.snug.server.job.Outcome;
import dev.snug.server.job.Task;

import java.nio.file.Path;

/** Answers pictures of a batch as {@code POST /v1/classifications} does. */
final class PictureItems {
    private final Workplace workplace;

    PictureItems(Workplace workplace) {
        this.workplace = workplace;
    }

    Ending done(Task task, Pictures asked, Path file) throws InterruptedException {
        try {
            PictureAnswer answer = workplace.classify(question(task, asked, file));
            byte[] json = Json.bytes(PictureJson.of(answer, asked.heatMap(), null));
            if (json.length > Outcome.ANSWER_BYTES_MAX) {
                return Ending.failed(
                        "too_large",
                        "the answer has %d bytes; at most %d are kept: ask without a heat map"
                                .formatted(json.length, Outcome.ANSWER_BYTES_MAX));
            }
            return new Ending.Over(new Outcome.Answered(json));
        } catch (AnswerException e) {
            return Ending.of(e);
        }
    }

    private static PictureQuestion question(Task task, Pictures asked, Path file) {
        return new PictureQuestion(
                task.order().line().model(),
                file,
                asked.pictures().get(task.item()).sha256(),
                asked.heatMap(),
                null,
                asked.explainedClass(),
                asked.colours(),
                asked.sex(),
                asked.location(),
                asked.ageYears(),
                asked.isChecked());
    }
}
