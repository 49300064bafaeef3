package dev.snug.server.job;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Orders, their state, their files and results, and the queue of what is to be done: all of it
 * survives a server that is killed at any moment.
 *
 * <p>Handing out is at least once, results are exactly once: an item may be handed out again when
 * its server was killed or took longer than a step may take, but the first outcome counts and a
 * later one is refused. For many threads, and where the implementation says so for many servers.
 *
 * <p>Every method throws {@link JobException} of kind {@code UNAVAILABLE} when the database does
 * not answer, within some seconds.
 */
public interface JobStore extends AutoCloseable {
    /** How often an item is handed out without moving forward before it is given up. */
    int DELIVERIES_MAX = 3;

    /**
     * What an order became.
     *
     * @param isNew false where its key was known: then nothing was changed
     */
    record Accepted(Job job, boolean isNew) {}

    /**
     * Takes an order in; it is kept when this returns.
     *
     * @param files one for each item, read once and left where they are
     * @throws JobException of kind {@code FULL}, {@code KEY_REUSED} or {@code NO_SPACE}; nothing is
     *     changed then
     */
    Accepted submit(JobOrder order, List<Path> files) throws IOException;

    /** The job of this id. */
    Optional<Job> find(String id);

    /** What was asked. */
    Optional<JobOrder> order(String id);

    /**
     * Jobs, the latest first.
     *
     * @param account whose; null for all
     */
    List<Job> list(@Nullable String account, int most);

    /**
     * Ends a job that is not over; who works on it learns so, and its files may be gone before.
     * False where it was over or gone.
     */
    boolean cancel(String id);

    /** Forgets a job that is over, and its result. False where it is not over or was gone. */
    boolean remove(String id);

    /** Forgets the jobs that ended before {@code time}, with their results; how many. */
    int forget(Instant time) throws IOException;

    /**
     * What an item of a batch ended as.
     *
     * @param item its index, from 0
     * @param outcome {@link Outcome.Answered} or {@link Outcome.Failed}
     */
    record Ended(int item, Outcome outcome) {}

    /**
     * The items of a batch that ended so far, by index; at most {@code most} from {@code first}.
     */
    List<Ended> ended(String id, int first, int most);

    /**
     * A sound as it is handed out.
     *
     * @param bytes of all of it
     * @param type content type
     * @param name of the file
     * @param in to be closed by who reads it
     */
    record Sound(long bytes, String type, String name, InputStream in) {}

    /** The sound of a job that succeeded. */
    Optional<Sound> sound(String id) throws IOException;

    /** How many items wait, in all lines. */
    long waiting();

    /**
     * Hands out the next item of one of these lines, the oldest first; waits at most {@code
     * patience} for one. An item that comes back for the {@link #DELIVERIES_MAX}-th time without
     * having moved forward ends as failed, {@link Job.Problem#GAVE_UP}, and is kept as a dead
     * letter.
     */
    Optional<Task> take(Set<Line> lines, Duration patience) throws InterruptedException;

    /**
     * The item's file, on this machine's disk until {@link #finish} or {@link #giveBack}.
     *
     * @throws IOException when the disk fails
     */
    Path file(Task task) throws IOException;

    /**
     * The private folder in which a text's sound grows, in files and folders: with what an earlier
     * delivery, here or on another machine, had put there when it last called {@link #progress}.
     */
    Path workspace(Task task) throws IOException;

    /** What who works on a task is told. */
    enum Standing {
        /** Go on. */
        WANTED,
        /** Its owner does not want it any more: stop, nothing needs to be given back. */
        CANCELLED,
        /** Somebody else has it now, or its job is over: stop, nothing counts any more. */
        LOST
    }

    /**
     * A step is over: what lies in the workspace counts from now on, the item has moved forward,
     * and the task may take another step's time. Only of a text do the job's own figures show it.
     *
     * @param done steps so far, of the whole item; the same again while the file is made of them,
     *     and fewer where a text had to begin anew
     * @param total steps in all
     * @param millis that the last step took
     */
    Standing progress(Task task, int done, int total, long millis) throws IOException;

    /** How a task stands, without telling anything. */
    Standing standing(Task task);

    /**
     * Ends an item; the last one of a job ends the job, and a sound that {@link Outcome.Failed
     * failed} fails it. Pictures are answered, texts (a line of kind {@code SPEECH}) become sounds;
     * either may fail. What came with the item is not kept any longer.
     *
     * @param millis that it took
     * @return false where somebody else ended it before, or its owner: then nothing was changed
     */
    boolean finish(Task task, Outcome outcome, long millis) throws IOException;

    /**
     * Puts an item back at the end of its line, to be handed out again: a long text lets others
     * have their turn this way.
     *
     * @param isCounted whether this delivery counts, as it does when the work ended its worker
     */
    void giveBack(Task task, boolean isCounted);

    /** How many items were given up so far, those of forgotten jobs too. */
    long deadLetters();

    /** Lets go of everything; what was handed out is handed out again later. */
    @Override
    void close();
}
