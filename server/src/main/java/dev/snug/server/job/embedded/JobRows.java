package dev.snug.server.job.embedded;

import dev.snug.server.answer.ModelCard.Kind;
import dev.snug.server.job.Job;
import dev.snug.server.job.Job.Problem;
import dev.snug.server.job.Job.State;
import dev.snug.server.job.JobOrder;
import dev.snug.server.job.JobOrder.IdempotencyKey;
import dev.snug.server.job.JobStore.Ended;
import dev.snug.server.job.Line;
import dev.snug.server.job.Outcome;
import dev.snug.server.store.Row;
import dev.snug.server.store.Statements;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Jobs as rows: what is read of them, and how they come, change and go. */
final class JobRows {
    private static final String JOB =
            "select id, account, line, state, created, started, ended, done, total, failed, work,"
                    + " code, message, sound_bytes from job ";

    private JobRows() {}

    static Optional<Job> find(Statements s, String id) throws SQLException {
        return s.first(JOB + "where id = ?", JobRows::job, id);
    }

    /** The latest first. */
    static List<Job> list(Statements s, @Nullable String account, int most) throws SQLException {
        String order = " order by number desc limit ?";
        return account == null
                ? s.all(JOB + order, JobRows::job, most)
                : s.all(JOB + "where account = ?" + order, JobRows::job, account, most);
    }

    private static Job job(Row row) throws SQLException {
        String code = row.textOrNull(12);
        Long bytes = row.wholeOrNull(14);
        return new Job(
                row.text(1),
                row.text(2),
                line(row.text(3)),
                State.valueOf(row.text(4).toUpperCase(Locale.ROOT)),
                Instant.ofEpochMilli(row.whole(5)),
                time(row.wholeOrNull(6)),
                time(row.wholeOrNull(7)),
                (int) row.whole(8),
                (int) row.whole(9),
                (int) row.whole(10),
                row.whole(11),
                code == null ? Optional.empty() : Optional.of(new Problem(code, row.text(13))),
                bytes == null ? OptionalLong.empty() : OptionalLong.of(bytes));
    }

    private static Optional<Instant> time(@Nullable Long millis) {
        return Optional.ofNullable(millis).map(Instant::ofEpochMilli);
    }

    static Optional<JobOrder> order(Statements s, String id) throws SQLException {
        return s.first(
                "select account, line, items, question, key, sha256 from job where id = ?",
                row -> order(row, 1),
                id);
    }

    /** An order of six columns from {@code first}. */
    static JobOrder order(Row row, int first) throws SQLException {
        String key = row.textOrNull(first + 4);
        return new JobOrder(
                row.text(first),
                line(row.text(first + 1)),
                (int) row.whole(first + 2),
                row.bytes(first + 3),
                key == null
                        ? Optional.empty()
                        : Optional.of(new IdempotencyKey(key, row.text(first + 5))));
    }

    /** As it is written in a column: neither a kind nor a checksum has a blank in it. */
    static String text(Line line) {
        return line.kind().word() + ' ' + line.version() + ' ' + line.model();
    }

    private static Line line(String text) {
        int kind = text.indexOf(' ');
        int version = text.indexOf(' ', kind + 1);
        return new Line(
                Kind.valueOf(text.substring(0, kind).toUpperCase(Locale.ROOT)),
                text.substring(version + 1),
                text.substring(kind + 1, version));
    }

    /** An order that this account gave under this key, and what it was made of. */
    record Known(String id, String sha256) {}

    static Optional<Known> known(Statements s, String account, String key) throws SQLException {
        return s.first(
                "select id, sha256 from job where account = ? and key = ?",
                row -> new Known(row.text(1), row.text(2)),
                account,
                key);
    }

    /** Jobs that are not over. */
    static long open(Statements s) throws SQLException {
        return s.whole("select count(*) from job where ended is null");
    }

    static void insert(Statements s, String id, JobOrder order, long now) throws SQLException {
        String line = text(order.line());
        int total = order.line().kind() == Kind.PICTURES ? order.items() : 0;
        s.change(
                "insert into job(id, account, line, state, created, items, done, total, failed,"
                        + " work, key, sha256, question)"
                        + " values(?, ?, ?, 'queued', ?, ?, 0, ?, 0, 0, ?, ?, ?)",
                id,
                order.account(),
                line,
                now,
                order.items(),
                total,
                order.key().map(IdempotencyKey::text).orElse(null),
                order.key().map(IdempotencyKey::sha256).orElse(null),
                order.question());
        s.change(
                "with recursive place(item) as"
                        + " (select 0 union all select item + 1 from place where item + 1 < ?)"
                        + " insert into job_item(job, item, line, state, deliveries, turn)"
                        + " select (select number from job where id = ?), item, ?, 0, 0, 0"
                        + " from place order by item",
                order.items(),
                id,
                line);
    }

    /** Ends a job that is not over as cancelled; whether it was one. */
    static boolean cancel(Statements s, String id, long now) throws SQLException {
        int changed =
                s.change(
                        "update job set state = 'cancelled', ended = ?"
                                + " where id = ? and ended is null",
                        now,
                        id);
        if (changed > 0) {
            s.change(
                    "update job_item set state = "
                            + ItemRows.GONE
                            + " where job = (select number from job where id = ?)"
                            + " and state in (0, 1)",
                    id);
        }
        return changed > 0;
    }

    /** Forgets a job that is over; whether it was one. */
    static boolean remove(Statements s, String id) throws SQLException {
        return s.change("delete from job where id = ? and ended is not null", id) > 0;
    }

    /** Jobs that ended before {@code millis}, the first to end first. */
    static List<String> endedBefore(Statements s, long millis, int most) throws SQLException {
        return s.all(
                "select id from job where ended is not null and ended < ? order by ended limit ?",
                row -> row.text(1),
                millis,
                most);
    }

    /** Whether a job is over; empty where there is none. */
    static Optional<Boolean> isOver(Statements s, String id) throws SQLException {
        return s.first(
                "select ended is not null from job where id = ?", row -> row.whole(1) != 0, id);
    }

    /** Items of a batch that ended, by index from {@code first}. */
    static List<Ended> ended(Statements s, String id, int first, int most) throws SQLException {
        return s.all(
                "select i.item, i.json, i.code, i.message from job_item i"
                        + " join job j on j.number = i.job where j.id = ? and i.item >= ?"
                        + " and i.state = "
                        + ItemRows.ENDED
                        + " order by i.item limit ?",
                row -> new Ended((int) row.whole(1), outcome(row)),
                id,
                first,
                most);
    }

    private static Outcome outcome(Row row) throws SQLException {
        byte[] json = row.bytesOrNull(2);
        return json == null
                ? new Outcome.Failed(new Problem(row.text(3), row.text(4)))
                : new Outcome.Answered(json);
    }

    /**
     * A sound's row.
     *
     * @param bytes of all of it
     */
    record SoundRow(long bytes, String type, String name) {}

    static Optional<SoundRow> sound(Statements s, String id) throws SQLException {
        return s.first(
                "select sound_bytes, sound_type, sound_name from job"
                        + " where id = ? and state = 'succeeded' and sound_bytes is not null",
                row -> new SoundRow(row.whole(1), row.text(2), row.text(3)),
                id);
    }
}
