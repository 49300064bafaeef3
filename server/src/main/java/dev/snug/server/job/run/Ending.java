package dev.snug.server.job.run;

import dev.snug.runtime.worker.WorkerException;
import dev.snug.server.answer.AnswerException;
import dev.snug.server.api.Statuses;
import dev.snug.server.job.Job.Problem;
import dev.snug.server.job.Outcome;

/** What becomes of an item that was worked on. Pure. */
sealed interface Ending {
    /** It is over. */
    record Over(Outcome outcome) implements Ending {}

    /**
     * It goes back to its line.
     *
     * @param isCounted whether another such end is one too many some day
     * @param isSoon whether the next may be tried at once
     * @param why for the log; empty where all is well
     */
    record Back(boolean isCounted, boolean isSoon, String why) implements Ending {}

    /** Nobody wants it from here any more. */
    record Dropped() implements Ending {}

    /** Somebody else has a turn now. */
    Back TURN_OVER = new Back(false, true, "");

    /** Another one may do it, or this one later. */
    static Back later(String why) {
        return new Back(false, false, why);
    }

    /** It ended its worker, or the disk failed: not endlessly. */
    static Back counted(String why) {
        return new Back(true, false, why);
    }

    /** There is no answer, and there will be none. */
    static Over failed(String code, String message) {
        return new Over(new Outcome.Failed(new Problem(code, message)));
    }

    /** What {@code refusal} means for the item. */
    static Ending of(AnswerException refusal) {
        String words = String.valueOf(refusal.getMessage());
        return switch (refusal.kind()) {
            case BAD_QUESTION,
                    NOT_FOUND,
                    VOICE_EXISTS,
                    VOICE_NOT_FOUND,
                    HEATMAP_OFF,
                    PHOTO_REFUSED,
                    TOO_LARGE ->
                    failed(Statuses.of(refusal).code(), words);
            case BUSY -> later(words);
            case TOO_SLOW -> counted(words);
            // A worker that never came did not end because of the item.
            case FAILED -> hasNoWorker(refusal) ? later(words) : counted(words);
        };
    }

    private static boolean hasNoWorker(AnswerException refusal) {
        return refusal.getCause() instanceof WorkerException worker
                && worker.kind() == WorkerException.Kind.NOT_STARTED;
    }
}
