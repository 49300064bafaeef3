package dev.snug.server.job.redis;

import dev.snug.server.job.Job;
import dev.snug.server.job.JobException;
import dev.snug.server.job.JobOrder;
import dev.snug.server.job.JobStore;
import dev.snug.server.job.Line;
import dev.snug.server.job.Outcome;
import dev.snug.server.job.Task;
import dev.snug.server.redis.Redis;
import dev.snug.server.settings.JobSettings;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Jobs in a Redis 6.2 or newer, or a Valkey, that several servers share.
 *
 * <p>Each {@link Line} is a stream with one entry for each item that has not ended, read by the
 * consumer group {@code servers}; a consumer is a server's {@link NodeId}. What is given back is a
 * new entry at the end. Pending entries carry how long they have been out and how often; both begin
 * anew when an item moves forward. What was in this server's own hand before it was restarted is
 * handed out first and at once, what somebody has had for longer than a step may take next
 * (XAUTOCLAIM), then what is new. All keys, where ID is a job's:
 *
 * <ul>
 *   <li>{@code snug:line:KIND:MODEL:VERSION}, stream of job and item, and {@code snug:lines}, set
 *       of the lines: while an item of it has not ended.
 *   <li>{@code snug:job:ID}, hash: the job's figures; {@code :question}, string; {@code :ended},
 *       hash of outcomes by item; {@code :sound}, hash of pieces: until job-ttl after the job is
 *       over.
 *   <li>{@code snug:job:ID:items}, hash: entry, token and counted deliveries by item; {@code
 *       :files}, hash of pieces; {@code :index} and {@code :work}, hashes: files of the workspace
 *       and their pieces: until the job is over; an item's file until the item has ended. Before
 *       there is a job, {@code :files} stays 10 minutes, as does {@code :sound:TOKEN} before the
 *       sound counts.
 *   <li>{@code snug:key:SHA256}, hash of job and checksum, by account and idempotency key: as long
 *       as the job.
 *   <li>{@code snug:jobs} and {@code snug:account:NAME}, sorted sets of ids by their order; {@code
 *       snug:ended}, sorted set of id and account by time: until job-ttl after the last job.
 *   <li>{@code snug:open}, hash: how many jobs are not over, in all and by account; none, no key.
 *   <li>{@code snug:bell}, stream of one entry that wakes who waits: one minute.
 *   <li>{@code snug:dead}, stream of the last 1000 items that were given up, without their content,
 *       and {@code snug:gave-up}, how many there were: always.
 * </ul>
 *
 * <p>The keys are not spread over a cluster's slots: one primary, with replicas if wanted.
 */
public final class RedisJobs implements JobStore {
    /** Time until a connection stands, and until a command is answered. */
    private static final Duration CONNECT = Duration.ofSeconds(1);

    private static final Duration ANSWER = Duration.ofSeconds(2);

    /** Jobs that are forgotten at a time. */
    private static final int FORGOTTEN_AT_ONCE = 100;

    private final JobDatabase database;
    private final NodeId node;
    private final Duration ttl;
    private final InstantSource clock;
    private final Submission submission;
    private final Work work;

    private RedisJobs(
            JobDatabase database,
            NodeId node,
            JobSettings settings,
            Path scratch,
            Duration idle,
            InstantSource clock) {
        this.database = database;
        this.node = node;
        this.ttl = settings.ttl();
        this.clock = clock;
        this.submission = new Submission(database, settings, clock);
        this.work = new Work(database, node.name(), scratch, idle, ttl, clock, this::order);
    }

    /**
     * The jobs of a database; one that does not answer now may do so later.
     *
     * @param settings whose {@code redis} is the database's address
     * @param data folder in which this server keeps its name
     * @param scratch folder for the files of what is in hand; empty, and deleted by who made it
     * @param idle longer than any step takes: who has had an item for so long is taken to be dead
     * @param log takes a line when the database is gone, is back, or would lose something
     * @throws JobException of kind {@code UNFIT} when the database cannot keep a queue
     * @throws IOException when the data folder cannot be used
     */
    public static RedisJobs open(
            JobSettings settings,
            Path data,
            Path scratch,
            Duration idle,
            InstantSource clock,
            Consumer<String> log)
            throws IOException {
        Redis redis =
                new Redis(
                        Objects.requireNonNull(settings.redis()),
                        settings.redisPassword(),
                        CONNECT,
                        ANSWER);
        JobDatabase database = new JobDatabase(redis, log);
        try {
            database.check();
            return new RedisJobs(database, NodeId.of(data), settings, scratch, idle, clock);
        } catch (IOException | RuntimeException e) {
            database.close();
            throw e;
        }
    }

    @Override
    public Accepted submit(JobOrder order, List<Path> files) throws IOException {
        forgetOld();
        Submission.Taken taken = submission.submit(order, files);
        Job job =
                find(taken.id())
                        .orElseThrow(
                                () ->
                                        new JobException(
                                                JobException.Kind.UNAVAILABLE,
                                                "the job was removed meanwhile; try again"));
        return new Accepted(job, taken.isNew());
    }

    @Override
    public Optional<Job> find(String id) {
        JobFields fields = fields(id);
        return fields.isEmpty() ? Optional.empty() : Optional.of(fields.job(id));
    }

    private JobFields fields(String id) {
        return JobFields.of(
                Keys.isId(id) ? Redis.list(database.call("HGETALL", Keys.job(id))) : List.of());
    }

    @Override
    public Optional<JobOrder> order(String id) {
        JobFields fields = fields(id);
        if (fields.isEmpty()) {
            return Optional.empty();
        }
        Object question = database.call("GET", Keys.part(id, "question"));
        return question == null ? Optional.empty() : Optional.of(fields.order((byte[]) question));
    }

    @Override
    public List<Job> list(@Nullable String account, int most) {
        forgetOld();
        String index = account == null ? "snug:jobs" : "snug:account:" + account;
        List<Job> jobs = new ArrayList<>();
        for (Object one : Redis.list(database.run(JobScripts.LIST, index, most))) {
            List<?> job = (List<?>) one;
            jobs.add(JobFields.of((List<?>) job.get(1)).job(Redis.text(job.get(0))));
        }
        return jobs;
    }

    @Override
    public boolean cancel(String id) {
        return Keys.isId(id)
                && isOne(database.run(JobScripts.CANCEL, id, clock.millis(), ttl.toMillis()));
    }

    @Override
    public boolean remove(String id) {
        return Keys.isId(id) && isOne(database.run(JobScripts.REMOVE, id));
    }

    private static boolean isOne(@Nullable Object reply) {
        return Long.valueOf(1).equals(reply);
    }

    @Override
    public int forget(Instant time) {
        int all = 0;
        while (true) {
            Long some =
                    (Long) database.run(JobScripts.FORGET, time.toEpochMilli(), FORGOTTEN_AT_ONCE);
            all += Math.toIntExact(Objects.requireNonNull(some));
            if (some < FORGOTTEN_AT_ONCE) {
                return all;
            }
        }
    }

    /** What expired by itself still stands in the indexes. */
    private void forgetOld() {
        forget(clock.instant().minus(ttl));
    }

    @Override
    public List<Ended> ended(String id, int first, int most) {
        if (!Keys.isId(id)) {
            return List.of();
        }
        List<Integer> items = new ArrayList<>();
        for (Object name : Redis.list(database.call("HKEYS", Keys.part(id, "ended")))) {
            items.add(Integer.valueOf(Redis.text(name)));
        }
        List<Ended> ended = new ArrayList<>();
        items.stream()
                .filter(item -> item >= first)
                .sorted()
                .limit(most)
                .forEach(
                        item -> {
                            Object outcome = database.call("HGET", Keys.part(id, "ended"), item);
                            if (outcome != null) {
                                ended.add(new Ended(item, JobFields.outcome((byte[]) outcome)));
                            }
                        });
        return ended;
    }

    @Override
    public Optional<Sound> sound(String id) {
        JobFields fields = fields(id);
        if (!fields.text("state").equals(Job.State.SUCCEEDED.word())
                || fields.text("bytes").isEmpty()) {
            return Optional.empty();
        }
        long bytes = Long.parseLong(fields.text("bytes"));
        return Optional.of(
                new Sound(
                        bytes,
                        fields.text("type"),
                        fields.text("name"),
                        new SoundStream(database, Keys.part(id, "sound"), bytes)));
    }

    @Override
    public long waiting() {
        return (Long) Objects.requireNonNull(database.run(JobScripts.WAITING));
    }

    @Override
    public Optional<Task> take(Set<Line> lines, Duration patience) throws InterruptedException {
        return work.take(lines, patience);
    }

    @Override
    public Path file(Task task) throws IOException {
        return work.file(task);
    }

    @Override
    public Path workspace(Task task) throws IOException {
        return work.workspace(task);
    }

    @Override
    public Standing progress(Task task, int done, int total, long millis) throws IOException {
        return work.progress(task, done, total, millis);
    }

    @Override
    public Standing standing(Task task) {
        return work.standing(task);
    }

    @Override
    public boolean finish(Task task, Outcome outcome, long millis) throws IOException {
        return work.finish(task, outcome, millis);
    }

    @Override
    public void giveBack(Task task, boolean isCounted) {
        work.giveBack(task, isCounted);
    }

    @Override
    public long deadLetters() {
        Object count = database.call("GET", "snug:gave-up");
        return count == null ? 0 : Long.parseLong(Redis.text(count));
    }

    @Override
    public void close() {
        database.close();
        node.close();
    }
}
