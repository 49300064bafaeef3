package dev.snug.server.job;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An order and what became of it.
 *
 * @param id 26 lower-case letters and digits that nobody can guess
 * @param account whose it is; empty on an open server
 * @param line where it waits or waited
 * @param state where it stands
 * @param created when it was taken in
 * @param started when its work first began
 * @param ended when it was over
 * @param done steps that are over: pictures, or chunks of a text
 * @param total steps in all; 0 while a text was not cut into chunks yet
 * @param failed pictures without an answer, which {@code done} counts too
 * @param workMillis that its done steps took, added up over all servers
 * @param problem why it failed
 * @param resultBytes of the sound that it made
 */
public record Job(
        String id,
        String account,
        Line line,
        State state,
        Instant created,
        Optional<Instant> started,
        Optional<Instant> ended,
        int done,
        int total,
        int failed,
        long workMillis,
        Optional<Problem> problem,
        OptionalLong resultBytes) {
    /** Where a job stands. */
    public enum State {
        /** None of it was handed out yet. */
        QUEUED,
        /** Some of it was handed out, if only once and given back. */
        RUNNING,
        /** All of it is there; of a batch, each picture has an answer or an error of its own. */
        SUCCEEDED,
        /** There will be no result. */
        FAILED,
        /** Its owner did not want it any more. */
        CANCELLED;

        /** As it is written in JSON and logs. */
        public String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        /** Whether nothing will change any more. */
        public boolean isOver() {
            return this != QUEUED && this != RUNNING;
        }
    }

    /**
     * Why something has no result.
     *
     * @param code for programs, as the API's errors have it; {@link #GAVE_UP} after too many
     *     deliveries
     * @param message for people
     */
    public record Problem(String code, String message) {
        /** What was handed out as often as is allowed, and never came back. */
        public static final String GAVE_UP = "gave_up";
    }
}
