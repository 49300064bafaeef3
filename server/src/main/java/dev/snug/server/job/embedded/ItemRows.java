package dev.snug.server.job.embedded;

import dev.snug.server.answer.ModelCard.Kind;
import dev.snug.server.job.Job.Problem;
import dev.snug.server.job.JobStore;
import dev.snug.server.job.JobStore.Standing;
import dev.snug.server.job.Line;
import dev.snug.server.job.Outcome;
import dev.snug.server.job.Task;
import dev.snug.server.store.Statements;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Items as rows: handed out, moved forward, ended once, given up. */
final class ItemRows {
    /** Waits; the schema's index knows the number, as it knows that of {@link #OUT}. */
    static final int WAITING = 0;

    /** In somebody's hands. */
    static final int OUT = 1;

    /** A picture that has an answer or an error. */
    static final int ENDED = 2;

    /** Over without an outcome of its own: its job says what became of it. */
    static final int GONE = 3;

    /** Dead letters that are remembered one by one. */
    private static final int LETTERS_MOST = 1000;

    private static final String IS_TURN = " where number = ? and turn = ? and state = " + OUT;

    private ItemRows() {}

    /** How many wait. */
    static long waiting(Statements s) throws SQLException {
        return s.whole("select count(*) from job_item where state = 0");
    }

    /** The oldest that waits in one of these lines; 0 for none. */
    static long oldest(Statements s, Set<Line> lines) throws SQLException {
        long oldest = 0;
        for (Line line : lines) {
            long number =
                    s.whole(
                            "select min(number) from job_item where state = 0 and line = ?",
                            JobRows.text(line));
            oldest = oldest == 0 || (number != 0 && number < oldest) ? number : oldest;
        }
        return oldest;
    }

    /** Hands the oldest out. */
    static Optional<Task> take(Statements s, Set<Line> lines, long now) throws SQLException {
        long number = oldest(s, lines);
        if (number == 0) {
            return Optional.empty();
        }
        s.change(
                "update job_item set state = 1, deliveries = deliveries + 1, turn = turn + 1"
                        + " where number = ?",
                number);
        s.change(
                "update job set state = 'running', started = coalesce(started, ?)"
                        + " where number = (select job from job_item where number = ?)",
                now,
                number);
        return task(s, number);
    }

    private static Optional<Task> task(Statements s, long number) throws SQLException {
        return s.first(
                "select j.account, j.line, j.items, j.question, j.key, j.sha256,"
                        + " j.id, i.item, i.deliveries, i.turn"
                        + " from job_item i join job j on j.number = i.job where i.number = ?",
                row ->
                        new Task(
                                row.text(7),
                                JobRows.order(row, 1),
                                (int) row.whole(8),
                                (int) row.whole(9),
                                new Turn(number, row.whole(10)).token()),
                number);
    }

    static Standing standing(Statements s, Turn turn) throws SQLException {
        return s.first(
                        "select i.state, j.state = 'cancelled' from job_item i"
                                + " join job j on j.number = i.job"
                                + " where i.number = ? and i.turn = ?",
                        row -> standing((int) row.whole(1), row.whole(2) != 0),
                        turn.number(),
                        turn.turn())
                .orElse(Standing.LOST);
    }

    private static Standing standing(int state, boolean isCancelled) {
        if (state == OUT) {
            return Standing.WANTED;
        }
        return isCancelled && state == GONE ? Standing.CANCELLED : Standing.LOST;
    }

    /** A step of an item is over; of a text the job shows how many. */
    static Standing progress(Statements s, Task task, int done, int total, long millis)
            throws SQLException {
        Turn turn = Turn.of(task);
        if (s.change("update job_item set deliveries = 1" + IS_TURN, turn.number(), turn.turn())
                == 0) {
            return standing(s, turn);
        }
        if (isText(task)) {
            s.change(
                    "update job set done = ?, total = ?, work = work + ? where id = ?",
                    done,
                    total,
                    millis,
                    task.job());
        } else {
            s.change("update job set work = work + ? where id = ?", millis, task.job());
        }
        return Standing.WANTED;
    }

    static boolean isText(Task task) {
        return task.order().line().kind() == Kind.SPEECH;
    }

    /**
     * Ends an item, and its job with the last one.
     *
     * @param soundBytes of an {@link Outcome.Made}
     * @return false where this delivery is not the one that counts
     */
    static boolean end(
            Statements s, Task task, Outcome outcome, long soundBytes, long millis, long now)
            throws SQLException {
        Turn turn = Turn.of(task);
        Problem problem = outcome instanceof Outcome.Failed failed ? failed.problem() : null;
        byte[] json = outcome instanceof Outcome.Answered answered ? answered.json() : null;
        int changed =
                s.change(
                        "update job_item set state = ?, code = ?, message = ?, json = ?" + IS_TURN,
                        isText(task) ? GONE : ENDED,
                        problem == null ? null : problem.code(),
                        problem == null ? null : problem.message(),
                        json,
                        turn.number(),
                        turn.turn());
        if (changed == 0) {
            return false;
        }
        s.change("update job set work = work + ? where id = ?", millis, task.job());
        if (!isText(task)) {
            endPicture(s, task.job(), problem != null, now);
        } else if (outcome instanceof Outcome.Made made) {
            s.change(
                    "update job set state = 'succeeded', ended = ?, sound_bytes = ?,"
                            + " sound_type = ?, sound_name = ? where id = ?",
                    now,
                    soundBytes,
                    made.type(),
                    made.name(),
                    task.job());
        } else {
            endText(s, task.job(), problem, now);
        }
        return true;
    }

    private static void endPicture(Statements s, String job, boolean isFailed, long now)
            throws SQLException {
        s.change(
                "update job set done = done + 1, failed = failed + ? where id = ?",
                isFailed ? 1 : 0,
                job);
        s.change(
                "update job set state = 'succeeded', ended = ? where id = ? and done >= total",
                now,
                job);
    }

    private static void endText(Statements s, String job, @Nullable Problem problem, long now)
            throws SQLException {
        s.change(
                "update job set state = 'failed', ended = ?, code = ?, message = ? where id = ?",
                now,
                problem == null ? null : problem.code(),
                problem == null ? null : problem.message(),
                job);
    }

    /** An item that is out. */
    record Out(long number, int deliveries) {}

    /** All that are out. */
    static List<Out> out(Statements s) throws SQLException {
        return s.all(
                "select number, deliveries from job_item where state = 1 order by number",
                row -> new Out(row.whole(1), (int) row.whole(2)));
    }

    /** The item of this delivery, while it is out. */
    static Optional<Out> out(Statements s, Turn turn) throws SQLException {
        return s.first(
                "select number, deliveries from job_item" + IS_TURN,
                row -> new Out(row.whole(1), (int) row.whole(2)),
                turn.number(),
                turn.turn());
    }

    /**
     * Puts an item back: at the end of its line where somebody gave it back, in its old place where
     * its server died. True when it was given up, because it came back too often.
     */
    static boolean putBack(Statements s, Out out, boolean isCounted, boolean isLast, long now)
            throws SQLException {
        if (isCounted && out.deliveries() >= JobStore.DELIVERIES_MAX) {
            giveUp(s, out, now);
            return true;
        }
        s.change(
                "update job_item set state = 0, deliveries = ? where number = ?",
                isCounted ? out.deliveries() : out.deliveries() - 1,
                out.number());
        if (isLast) {
            // Numbers are places: it gets the next one, as if it came now.
            s.change("update sqlite_sequence set seq = seq + 1 where name = 'job_item'");
            s.change(
                    "update job_item set number ="
                            + " (select seq from sqlite_sequence where name = 'job_item')"
                            + " where number = ?",
                    out.number());
        }
        return false;
    }

    private static void giveUp(Statements s, Out out, long now) throws SQLException {
        Task task = task(s, out.number()).orElseThrow();
        s.change(
                "insert into dead_letter(job, item, line, time) values(?, ?, ?, ?)",
                task.job(),
                task.item(),
                JobRows.text(task.order().line()),
                now);
        s.change(
                "delete from dead_letter where number <="
                        + " (select max(number) from dead_letter) - "
                        + LETTERS_MOST);
        Problem problem =
                new Problem(
                        Problem.GAVE_UP,
                        "it was begun %d times, and each time the work on it ended before it did"
                                .formatted(out.deliveries()));
        end(s, task, new Outcome.Failed(problem), 0, 0, now);
    }

    /** How many were given up so far. */
    static long deadLetters(Statements s) throws SQLException {
        return s.whole("select seq from sqlite_sequence where name = 'dead_letter'");
    }
}
