package dev.snug.server.job.embedded;

import dev.snug.server.job.JobException;
import dev.snug.server.job.JobId;
import dev.snug.server.job.JobOrder;
import dev.snug.server.job.JobOrder.IdempotencyKey;
import dev.snug.server.job.JobStore.Accepted;
import dev.snug.server.store.Statements;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Takes orders in: first the files, then in one transaction their name and the row. */
final class Intake {
    private final JobTransactions transactions;
    private final JobFolders folders;
    private final int countMost;
    private final InstantSource clock;

    Intake(JobTransactions transactions, JobFolders folders, int countMost, InstantSource clock) {
        this.transactions = transactions;
        this.folders = folders;
        this.countMost = countMost;
        this.clock = clock;
    }

    /** As {@link dev.snug.server.job.JobStore#submit}. */
    Accepted take(JobOrder order, List<Path> files) throws IOException {
        String id = JobId.random();
        try (JobFolders.Arriving arriving = folders.arriving(id)) {
            // Before a byte is copied; nothing is written to the database here.
            Optional<Accepted> known = begin(order, arriving);
            if (known.isPresent()) {
                return known.get();
            }
            arriving.copy(files);
            Accepted accepted = settle(id, order, arriving);
            if (accepted.isNew()) {
                arriving.keep();
            }
            return accepted;
        } catch (IOException e) {
            if (JobTransactions.saysFull(e)) {
                throw new JobException(
                        JobException.Kind.NO_SPACE, "the disk is full: " + e.getMessage(), e);
            }
            throw e;
        }
    }

    private Optional<Accepted> begin(JobOrder order, JobFolders.Arriving arriving)
            throws IOException {
        return transactions.note(
                s -> {
                    Optional<Accepted> known = known(s, order);
                    if (known.isEmpty()) {
                        arriving.begin();
                    }
                    return known;
                });
    }

    private Accepted settle(String id, JobOrder order, JobFolders.Arriving arriving)
            throws IOException {
        return transactions.write(
                s -> {
                    // Again: another thread may have been faster.
                    Optional<Accepted> known = known(s, order);
                    if (known.isPresent()) {
                        return known.get();
                    }
                    JobRows.insert(s, id, order, clock.millis());
                    arriving.settle();
                    return new Accepted(JobRows.find(s, id).orElseThrow(), true);
                });
    }

    private Optional<Accepted> known(Statements s, JobOrder order) throws SQLException {
        IdempotencyKey key = order.key().orElse(null);
        if (key != null) {
            Optional<JobRows.Known> known = JobRows.known(s, order.account(), key.text());
            if (known.isPresent()) {
                if (!known.get().sha256().equals(key.sha256())) {
                    throw new JobException(
                            JobException.Kind.KEY_REUSED,
                            "this idempotency key was used for another order");
                }
                return JobRows.find(s, known.get().id()).map(job -> new Accepted(job, false));
            }
        }
        if (JobRows.open(s) >= countMost) {
            throw new JobException(
                    JobException.Kind.FULL,
                    "%d jobs wait or are worked on, as many as may".formatted(countMost));
        }
        return Optional.empty();
    }
}
