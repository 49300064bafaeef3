package dev.snug.server.job.embedded;

import dev.snug.server.job.Job;
import dev.snug.server.job.JobOrder;
import dev.snug.server.job.JobStore;
import dev.snug.server.job.Line;
import dev.snug.server.job.Outcome;
import dev.snug.server.job.Task;
import dev.snug.server.store.Database;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Jobs in the server's database and a folder beside it; neither is touched before the first job.
 *
 * <p>Several processes may take orders in, show and cancel them in one data folder; one of them
 * hands items out, the one that holds {@code jobs.lock}. The others wait for its end. Who comes to
 * hold it puts back what the one before had in its hands: those deliveries count.
 */
public final class EmbeddedJobs implements JobStore {
    /** How long a job of another process may lie there before it is seen. */
    private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();

    /** Jobs that are forgotten before their folders are deleted. */
    private static final int FORGOTTEN_AT_ONCE = 100;

    private final JobTransactions transactions;
    private final JobFolders folders;
    private final InstantSource clock;
    private final Bell bell = new Bell();
    private final Intake intake;
    private final Holder holder;

    /**
     * The jobs of a data folder.
     *
     * @param data folder of {@code database}; files lie in {@code jobs} below it
     * @param countMost most jobs that are not over
     */
    public EmbeddedJobs(Path data, Database database, int countMost, InstantSource clock) {
        this.transactions = new JobTransactions(database);
        this.folders = new JobFolders(data);
        this.clock = clock;
        this.intake = new Intake(transactions, folders, countMost, clock);
        Aftermath aftermath = new Aftermath(transactions, folders, clock);
        this.holder = new Holder(data, folders, aftermath);
    }

    @Override
    public Accepted submit(JobOrder order, List<Path> files) throws IOException {
        if (files.size() != order.items()) {
            throw new IllegalArgumentException(
                    files.size() + " files for " + order.items() + " items");
        }
        Accepted accepted = intake.take(order, files);
        if (accepted.isNew()) {
            bell.ring();
        }
        return accepted;
    }

    @Override
    public Optional<Job> find(String id) {
        return folders.exist() ? transactions.read(s -> JobRows.find(s, id)) : Optional.empty();
    }

    @Override
    public Optional<JobOrder> order(String id) {
        return folders.exist() ? transactions.read(s -> JobRows.order(s, id)) : Optional.empty();
    }

    @Override
    public List<Job> list(@Nullable String account, int most) {
        return folders.exist() ? transactions.read(s -> JobRows.list(s, account, most)) : List.of();
    }

    @Override
    public boolean cancel(String id) {
        if (!folders.exist() || !transactions.change(s -> JobRows.cancel(s, id, clock.millis()))) {
            return false;
        }
        delete(() -> folders.dropWork(id));
        return true;
    }

    @Override
    public boolean remove(String id) {
        if (!folders.exist()) {
            return false;
        }
        try {
            boolean isRemoved =
                    transactions.write(
                            s -> {
                                boolean isOver = JobRows.remove(s, id);
                                if (isOver) {
                                    folders.putAway(id);
                                }
                                return isOver;
                            });
            if (isRemoved) {
                folders.clear(id);
            }
            return isRemoved;
        } catch (IOException e) {
            throw JobTransactions.failure(e);
        }
    }

    @Override
    public int forget(Instant time) throws IOException {
        if (!folders.exist()) {
            return 0;
        }
        int count = 0;
        List<String> some;
        do {
            some =
                    transactions.read(
                            s -> JobRows.endedBefore(s, time.toEpochMilli(), FORGOTTEN_AT_ONCE));
            for (String id : some) {
                count += remove(id) ? 1 : 0;
            }
        } while (some.size() == FORGOTTEN_AT_ONCE);
        return count;
    }

    @Override
    public List<Ended> ended(String id, int first, int most) {
        return folders.exist()
                ? transactions.read(s -> JobRows.ended(s, id, first, most))
                : List.of();
    }

    @Override
    public Optional<Sound> sound(String id) throws IOException {
        if (!folders.exist()) {
            return Optional.empty();
        }
        Optional<JobRows.SoundRow> row = transactions.read(s -> JobRows.sound(s, id));
        if (row.isEmpty()) {
            return Optional.empty();
        }
        JobRows.SoundRow sound = row.get();
        try {
            InputStream in = Files.newInputStream(folders.sound(id));
            return Optional.of(new Sound(sound.bytes(), sound.type(), sound.name(), in));
        } catch (NoSuchFileException e) {
            // Forgotten since the row was read.
            return Optional.empty();
        }
    }

    @Override
    public long waiting() {
        return folders.exist() ? transactions.<Long>read(ItemRows::waiting) : 0;
    }

    @Override
    public long deadLetters() {
        return folders.exist() ? transactions.<Long>read(ItemRows::deadLetters) : 0;
    }

    @Override
    public Optional<Task> take(Set<Line> lines, Duration patience) throws InterruptedException {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            long rings = bell.rings();
            Optional<Task> task = holder.whileHeld(() -> next(lines));
            long left = end - System.nanoTime();
            if (task.isPresent() || left <= 0) {
                return task;
            }
            bell.await(rings, Math.min(left, LOOK_NANOS));
        }
    }

    private Optional<Task> next(Set<Line> lines) {
        boolean isThere = transactions.read(s -> ItemRows.oldest(s, lines) != 0);
        return isThere
                ? transactions.jot(s -> ItemRows.take(s, lines, clock.millis()))
                : Optional.empty();
    }

    @Override
    public Path file(Task task) throws IOException {
        Path file = folders.input(task.job(), task.item());
        if (!Files.exists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        return file;
    }

    @Override
    public Path workspace(Task task) throws IOException {
        return folders.workspace(task.job());
    }

    @Override
    public Standing progress(Task task, int done, int total, long millis) {
        return transactions.jot(s -> ItemRows.progress(s, task, done, total, millis));
    }

    @Override
    public Standing standing(Task task) {
        return transactions.read(s -> ItemRows.standing(s, Turn.of(task)));
    }

    @Override
    public boolean finish(Task task, Outcome outcome, long millis) throws IOException {
        boolean isText = ItemRows.isText(task);
        if (isText ? outcome instanceof Outcome.Answered : outcome instanceof Outcome.Made) {
            throw new IllegalArgumentException("texts become sounds, pictures are answered");
        }
        Outcome.Made made = outcome instanceof Outcome.Made sound ? sound : null;
        if (made != null && standing(task) != Standing.WANTED) {
            return false;
        }
        long bytes = made == null ? 0 : Files.size(made.file());
        if (made != null) {
            // Here, so that other processes do not wait for it.
            JobFolders.sync(made.file());
        }
        boolean isFirst =
                transactions.write(
                        s -> {
                            if (!ItemRows.end(s, task, outcome, bytes, millis, clock.millis())) {
                                return false;
                            }
                            if (made != null) {
                                folders.keepSound(task.job(), made.file());
                            }
                            return true;
                        });
        if (isFirst) {
            drop(task);
        }
        return isFirst;
    }

    @Override
    public void giveBack(Task task, boolean isCounted) {
        boolean isGivenUp =
                transactions.change(
                        s -> {
                            Optional<ItemRows.Out> out = ItemRows.out(s, Turn.of(task));
                            if (out.isEmpty()) {
                                return false;
                            }
                            return ItemRows.putBack(s, out.get(), isCounted, true, clock.millis());
                        });
        if (isGivenUp) {
            drop(task);
        }
        bell.ring();
    }

    /** The item is over: what came with it is not kept a moment longer. */
    private void drop(Task task) {
        if (ItemRows.isText(task)) {
            delete(() -> folders.dropWork(task.job()));
        } else {
            delete(() -> folders.dropInput(task.job(), task.item()));
        }
    }

    /** Deletes files. */
    @FunctionalInterface
    private interface Deletion {
        void run() throws IOException;
    }

    private static void delete(Deletion deletion) {
        try {
            deletion.run();
        } catch (IOException e) {
            // What was decided holds all the same; the next start deletes what is left.
            return;
        }
    }

    @Override
    public void close() {
        holder.close();
        bell.ring();
    }
}
