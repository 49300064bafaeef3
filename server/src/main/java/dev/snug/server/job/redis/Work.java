package dev.snug.server.job.redis;

import dev.snug.server.job.JobException;
import dev.snug.server.job.JobId;
import dev.snug.server.job.JobOrder;
import dev.snug.server.job.JobStore.Standing;
import dev.snug.server.job.Line;
import dev.snug.server.job.Outcome;
import dev.snug.server.job.Task;
import dev.snug.server.redis.Redis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/** What a server does with the items that it takes, from taking to ending them. */
final class Work {
    /** How long the bell is listened to at a time: less than a command may take. */
    private static final long LISTEN_MILLIS = 500;

    private final JobDatabase database;
    private final String node;
    private final Duration idle;
    private final long ttlMillis;
    private final InstantSource clock;
    private final Function<String, Optional<JobOrder>> orders;
    private final Path scratch;
    private final Hands hands = new Hands();

    /** Of two takes at a time, the second would find what the first has not put in its hand yet. */
    private final ReentrantLock taking = new ReentrantLock();

    Work(
            JobDatabase database,
            String node,
            Path scratch,
            Duration idle,
            Duration ttl,
            InstantSource clock,
            Function<String, Optional<JobOrder>> orders) {
        this.database = database;
        this.node = node;
        this.idle = idle;
        this.ttlMillis = ttl.toMillis();
        this.clock = clock;
        this.orders = orders;
        this.scratch = scratch;
    }

    Optional<Task> take(Set<Line> lines, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            try {
                Reply reply = ask(lines);
                if (reply.isTask()) {
                    Optional<Task> task = task(reply);
                    if (task.isPresent()) {
                        return task;
                    }
                    continue;
                }
                long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
                if (left <= 0) {
                    return Optional.empty();
                }
                listen(reply.bell(), Math.min(left, LISTEN_MILLIS));
            } catch (JobException e) {
                // An interrupt ends the connection on which its thread waits.
                if (Thread.interrupted()) {
                    throw (InterruptedException) new InterruptedException().initCause(e);
                }
                throw e;
            }
        }
    }

    /**
     * What a take found.
     *
     * @param values 1, job, item and delivery; or 0 and when the bell was rung last
     * @param token of the task, if it is one
     */
    private record Reply(List<?> values, String token) {
        boolean isTask() {
            return (Long) values.getFirst() == 1;
        }

        byte[] bell() {
            return (byte[]) values.get(1);
        }

        String job() {
            return Redis.text(values.get(1));
        }

        int item() {
            return Integer.parseInt(Redis.text(values.get(2)));
        }

        int delivery() {
            return Math.toIntExact((Long) values.get(3));
        }
    }

    private Reply ask(Set<Line> lines) throws InterruptedException {
        String token = JobId.random();
        List<String> keys = lines.stream().map(Keys::line).toList();
        taking.lockInterruptibly();
        try {
            List<Object> words = new ArrayList<>();
            words.addAll(List.of(node, token, clock.millis(), ttlMillis, idle.toMillis()));
            for (List<String> several : List.of(keys, hands.tokens(), hands.unsure())) {
                words.add(several.size());
                words.addAll(several);
            }
            Object found = database.run(JobScripts.TAKE, words.toArray());
            Reply reply = new Reply(Redis.list(found), token);
            if (reply.isTask()) {
                hands.add(
                        token,
                        new Hand(
                                database,
                                node,
                                reply.job(),
                                reply.item(),
                                token,
                                scratch.resolve(token)));
            }
            return reply;
        } catch (JobException e) {
            hands.doubt(token);
            throw e;
        } finally {
            taking.unlock();
        }
    }

    private void listen(byte[] since, long millis) {
        database.call("XREAD", "BLOCK", Math.max(1, millis), "STREAMS", "snug:bell", since);
    }

    /** Empty where its job was removed meanwhile. */
    private Optional<Task> task(Reply found) {
        try {
            Optional<JobOrder> order = orders.apply(found.job());
            if (order.isEmpty()) {
                hands.letGo(found.token());
            }
            return order.map(
                    known ->
                            new Task(
                                    found.job(),
                                    known,
                                    found.item(),
                                    found.delivery(),
                                    found.token()));
        } catch (JobException e) {
            hands.doubt(found.token());
            throw e;
        }
    }

    Path file(Task task) throws IOException {
        return hand(task).file();
    }

    Path workspace(Task task) throws IOException {
        return hand(task).workspace();
    }

    Standing progress(Task task, int done, int total, long millis) throws IOException {
        Hand hand = hands.find(task.token());
        Standing standing = hand == null ? standing(task) : hand.progress(done, total, millis);
        if (standing != Standing.WANTED) {
            // Nothing needs to be given back of what is not wanted.
            hands.letGo(task.token());
        }
        return standing;
    }

    Standing standing(Task task) {
        return Hand.standing(
                database.run(JobScripts.STANDING, task.job(), task.item(), task.token()));
    }

    boolean finish(Task task, Outcome outcome, long millis) throws IOException {
        List<Object> words =
                new ArrayList<>(
                        List.of(
                                task.job(),
                                task.item(),
                                task.token(),
                                JobFields.written(outcome),
                                clock.millis(),
                                ttlMillis,
                                millis));
        if (outcome instanceof Outcome.Made(Path file, String type, String name)) {
            if (!hand(task).sendSound(file)) {
                hands.letGo(task.token());
                return false;
            }
            words.addAll(List.of(Files.size(file), type, name));
        }
        boolean isFirst = Long.valueOf(1).equals(database.run(JobScripts.FINISH, words.toArray()));
        hands.letGo(task.token());
        return isFirst;
    }

    void giveBack(Task task, boolean isCounted) {
        try {
            database.run(
                    JobScripts.BACK,
                    task.job(),
                    task.item(),
                    task.token(),
                    isCounted ? 1 : 0,
                    clock.millis(),
                    ttlMillis);
        } finally {
            // What could not be given back is found in nobody's hand.
            hands.letGo(task.token());
        }
    }

    private Hand hand(Task task) throws IOException {
        Hand hand = hands.find(task.token());
        if (hand == null) {
            throw new IOException("item " + task.item() + " is in no hand of this server");
        }
        return hand;
    }
}
