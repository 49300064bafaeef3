package dev.snug.cli.serve;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** A server with its queue, and what is done to it at which moment while jobs are under way. */
final class Kills implements AutoCloseable {
    /** Who is killed. */
    enum Victim {
        FRONT,
        WORKER,
        REDIS
    }

    /** When. */
    enum Moment {
        /** A job was just taken in, and others wait that nobody has claimed. */
        BEFORE_CLAIM,
        /** A job is worked on. */
        MID_WORK,
        /** A job just got its result. */
        AFTER_RESULT,
        /** Once in mid-work, and again while what was killed comes back. */
        DURING_RESTART
    }

    private static final int PATIENCE_SECONDS = 30;

    /**
     * Time for a chunk. Pictures get their results at once: without a pause a text would be ended
     * three times before it moved forward, and given up, which is what is promised.
     */
    private static final int CHUNK_MILLIS = 2500;

    private final Snug snug;
    private final @Nullable Redis redis;
    private final List<String> arguments;
    private final Random random;
    private final AtomicInteger accepted = new AtomicInteger();
    private final StringBuilder logs = new StringBuilder();
    private volatile Serving serving;
    private volatile boolean isOver;

    Kills(Snug snug, @Nullable Redis redis, List<String> arguments, long seed)
            throws IOException, InterruptedException {
        this.snug = snug;
        this.redis = redis;
        this.arguments = arguments;
        this.random = new Random(seed);
        this.serving = Serving.start(snug, arguments);
    }

    /** Calls to the server that runs now, or that ran last. */
    JobCalls calls() {
        return new JobCalls(serving.client());
    }

    /** A job was taken in. */
    void accepted() {
        accepted.incrementAndGet();
    }

    /** There is nothing to come upon any more. */
    void over() {
        isOver = true;
    }

    /** What all servers so far wrote on standard error. */
    String logs() throws IOException {
        return logs + serving.log();
    }

    /**
     * Kills {@code times} times; returns earlier when all jobs are over.
     *
     * @return how often, and for each time what the server had before
     */
    int strike(Victim victim, Moment moment, int times) throws IOException, InterruptedException {
        int struck = 0;
        while (struck < times && await(moment)) {
            Map<String, Integer> before = statesOrNone();
            kill(victim);
            if (moment == Moment.DURING_RESTART) {
                killAgain(victim);
            }
            back(victim);
            struck++;
            if (moment == Moment.AFTER_RESULT) {
                Thread.sleep(CHUNK_MILLIS);
            }
            System.out.printf("proof: killed %s %s, jobs were %s%n", victim, moment, before);
        }
        return struck;
    }

    private boolean await(Moment moment) throws InterruptedException {
        int acceptedBefore = accepted.get();
        int endedBefore = count("succeeded");
        Supplier<Boolean> isThere =
                switch (moment) {
                    case BEFORE_CLAIM -> () -> accepted.get() > acceptedBefore;
                    case AFTER_RESULT -> () -> count("succeeded") > endedBefore;
                    case MID_WORK, DURING_RESTART -> () -> count("running") > 0;
                };
        long end = System.nanoTime() + PATIENCE_SECONDS * 1_000_000_000L;
        while (!isThere.get()) {
            if (isOver || System.nanoTime() > end) {
                return false;
            }
            Thread.sleep(1);
        }
        if (moment == Moment.MID_WORK || moment == Moment.DURING_RESTART) {
            Thread.sleep(random.nextInt(40));
        }
        return true;
    }

    private int count(String state) {
        return statesOrNone().getOrDefault(state, 0);
    }

    private Map<String, Integer> statesOrNone() {
        try {
            return calls().states();
        } catch (IOException | AssertionError e) {
            return Map.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Map.of();
        }
    }

    private void kill(Victim victim) throws IOException, InterruptedException {
        switch (victim) {
            case FRONT -> {
                // Its workers end by themselves: nobody kills them for it after a crash.
                serving.front().destroyForcibly();
                serving.front().onExit().join();
                logs.append(serving.log());
            }
            case WORKER -> serving.workers().forEach(ProcessHandle::destroyForcibly);
            case REDIS -> redis().kill();
        }
    }

    /** Kills what is coming back, before it is there. */
    private void killAgain(Victim victim) throws IOException, InterruptedException {
        int millis = 20 + random.nextInt(400);
        switch (victim) {
            case FRONT -> {
                Process half =
                        snug.start(
                                snug.folder().resolve("half.out"),
                                snug.folder().resolve("half.txt"),
                                arguments(arguments));
                Thread.sleep(millis);
                half.descendants().forEach(ProcessHandle::destroyForcibly);
                half.destroyForcibly();
                half.waitFor();
            }
            case WORKER -> {
                long end = System.nanoTime() + 5_000_000_000L;
                while (serving.workers().isEmpty() && System.nanoTime() < end) {
                    Thread.sleep(1);
                }
                Thread.sleep(millis / 4);
                serving.workers().forEach(ProcessHandle::destroyForcibly);
            }
            case REDIS -> {
                redis().begin();
                Thread.sleep(millis / 10);
                redis().kill();
            }
        }
    }

    private static List<String> arguments(List<String> more) {
        List<String> line = new java.util.ArrayList<>(List.of("serve", "--port", "0"));
        line.addAll(more);
        return line;
    }

    private void back(Victim victim) throws IOException, InterruptedException {
        Thread.sleep(random.nextInt(200));
        switch (victim) {
            case FRONT -> serving = Serving.start(snug, arguments);
            case WORKER -> {} // the front starts another one when it needs it
            case REDIS -> {
                redis().begin();
                redis().awaitAnswer();
            }
        }
    }

    private Redis redis() {
        return java.util.Objects.requireNonNull(redis, "no Redis here");
    }

    @Override
    public void close() {
        serving.close();
    }
}
