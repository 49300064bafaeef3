package dev.snug.server.job.embedded;

import dev.snug.server.job.JobStore.Ended;

import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * What is put in order by who begins to hand items out: the one before it may have been killed at
 * any moment.
 */
final class Aftermath {
    private final JobTransactions transactions;
    private final JobFolders folders;
    private final InstantSource clock;

    Aftermath(JobTransactions transactions, JobFolders folders, InstantSource clock) {
        this.transactions = transactions;
        this.folders = folders;
        this.clock = clock;
    }

    /** Items go back to their places, and files that nobody needs any more are deleted. */
    void clearUp() throws IOException {
        transactions.write(
                s -> {
                    for (ItemRows.Out out : ItemRows.out(s)) {
                        ItemRows.putBack(s, out, true, false, clock.millis());
                    }
                    folders.putAwayLeft(id -> JobRows.isOver(s, id).isPresent());
                    return true;
                });
        folders.clearAll();
        for (String id : folders.ids()) {
            Optional<Boolean> isOver = transactions.read(s -> JobRows.isOver(s, id));
            if (isOver.orElse(false)) {
                folders.dropWork(id);
            } else {
                dropEnded(id);
            }
        }
    }

    private void dropEnded(String id) throws IOException {
        for (int item : folders.inputs(id)) {
            List<Ended> ended = transactions.read(s -> JobRows.ended(s, id, item, 1));
            if (!ended.isEmpty() && ended.getFirst().item() == item) {
                folders.dropInput(id, item);
            }
        }
    }
}
