package dev.snug.server.job.redis;

import dev.snug.server.job.JobException;
import dev.snug.server.redis.Redis;
import dev.snug.server.redis.RedisException;
import dev.snug.server.redis.Script;

import org.jspecify.annotations.Nullable;

import java.util.function.Consumer;
import java.util.function.Supplier;

/** A database that was found fit to keep jobs, and is looked at again when it was gone. */
final class JobDatabase implements AutoCloseable {
    private final Redis redis;
    private final Consumer<String> log;
    private volatile boolean isKnownFit;
    private volatile boolean isTold;

    /**
     * Asks nothing yet.
     *
     * @param log takes a line when the database is gone, is back, or would lose something
     */
    JobDatabase(Redis redis, Consumer<String> log) {
        this.redis = redis;
        this.log = log;
    }

    /**
     * Looks at the database, for the start of a server; one that does not answer may do so later.
     *
     * @throws JobException of kind {@code UNFIT}
     */
    void check() {
        try {
            requireFit();
        } catch (RedisException e) {
            if (e.kind() != RedisException.Kind.GONE) {
                throw new JobException(
                        JobException.Kind.UNFIT,
                        "the database of jobs refuses this server: " + e.getMessage(),
                        e);
            }
            tell("jobs wait for their database: " + e.getMessage());
        }
    }

    private void requireFit() {
        Fitness fitness = Fitness.of(Redis.text(redis.call("INFO")));
        if (fitness.refusal().isPresent()) {
            throw new JobException(
                    JobException.Kind.UNFIT,
                    "the database " + redis + " cannot keep jobs: " + fitness.refusal().get());
        }
        isKnownFit = true;
        fitness.warnings().forEach(line -> log.accept("the database " + redis + " " + line));
    }

    /** What a script returns. */
    @Nullable Object run(Script script, Object... arguments) {
        return asked(() -> redis.run(script, Redis.words(arguments)));
    }

    /** What a command returns. */
    @Nullable Object call(String command, Object... arguments) {
        return asked(() -> redis.call(command, Redis.words(arguments).toArray(byte[][]::new)));
    }

    private @Nullable Object asked(Supplier<@Nullable Object> question) {
        try {
            if (!isKnownFit) {
                requireFit();
            }
            Object reply = question.get();
            if (isTold) {
                isTold = false;
                log.accept("the database of jobs answers again");
            }
            return reply;
        } catch (JobException e) {
            tell(e.getMessage());
            throw new JobException(
                    JobException.Kind.UNAVAILABLE, String.valueOf(e.getMessage()), e);
        } catch (RedisException e) {
            if (e.kind() == RedisException.Kind.FULL) {
                throw new JobException(
                        JobException.Kind.NO_SPACE,
                        "the database of jobs is full; try again later",
                        e);
            }
            // Another one may answer next time, or the same with other settings.
            isKnownFit = false;
            tell("the database of jobs does not work: " + e.getMessage());
            throw new JobException(
                    JobException.Kind.UNAVAILABLE,
                    "the database of jobs does not answer; try again later",
                    e);
        }
    }

    /** Once until it works again. */
    private void tell(@Nullable String line) {
        if (!isTold && !Thread.currentThread().isInterrupted()) {
            isTold = true;
            log.accept(String.valueOf(line));
        }
    }

    @Override
    public void close() {
        redis.close();
    }
}
