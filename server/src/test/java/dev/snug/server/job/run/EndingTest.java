package dev.snug.server.job.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.runtime.worker.WorkerException;
import dev.snug.server.answer.AnswerException;
import dev.snug.server.answer.AnswerException.Kind;
import dev.snug.server.job.Job.Problem;
import dev.snug.server.job.Outcome;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of items. The oracle is the API's table of errors, and who is to blame. */
final class EndingTest {
    @ParameterizedTest
    @CsvSource({
        "BAD_QUESTION, bad_question",
        "NOT_FOUND, model_not_found",
        "HEATMAP_OFF, heatmap_off",
        "PHOTO_REFUSED, photo_refused",
        "TOO_LARGE, too_large"
    })
    void whatIsRefusedFailsWithTheCodeOfTheApi(Kind kind, String code) {
        assertThat(Ending.of(new AnswerException(kind, "because")))
                .isEqualTo(new Ending.Over(new Outcome.Failed(new Problem(code, "because"))));
    }

    @ParameterizedTest
    @CsvSource({"BUSY, false", "TOO_SLOW, true", "FAILED, true"})
    void whatEndedAWorkerCountsAndAFullQueueDoesNot(Kind kind, boolean isCounted) {
        assertThat(Ending.of(new AnswerException(kind, "because")))
                .isEqualTo(new Ending.Back(isCounted, false, "because"));
    }

    @Test
    void aWorkerThatNeverCameIsNotTheItemsFault() {
        WorkerException cause = new WorkerException(WorkerException.Kind.NOT_STARTED, "no memory");
        assertThat(Ending.of(new AnswerException(Kind.FAILED, "because", cause)))
                .isEqualTo(new Ending.Back(false, false, "because"));
    }
}
