package dev.snug.server.work;

import dev.snug.runtime.worker.PoolState;
import dev.snug.server.answer.ModelCard.Kind;

import java.util.ArrayList;
import java.util.List;

/**
 * The workers at one moment.
 *
 * @param workers that live
 * @param waiting requests without one
 * @param starts of workers so far
 */
public record WorkersView(List<Live> workers, int waiting, long starts) {
    /**
     * A worker process.
     *
     * @param kind of work
     * @param pid process id
     * @param isBusy whether it has a request
     * @param budgetBytes what it may take
     */
    public record Live(Kind kind, long pid, boolean isBusy, long budgetBytes) {}

    public WorkersView {
        workers = List.copyOf(workers);
    }

    static WorkersView of(WorkerPools pools) {
        List<Live> workers = new ArrayList<>();
        int waiting = pools.waiting();
        for (var entry : pools.states().entrySet()) {
            PoolState state = entry.getValue();
            long share = pools.shareBytes(entry.getKey());
            waiting += state.waiting();
            state.busyPids()
                    .forEach(pid -> workers.add(new Live(entry.getKey(), pid, true, share)));
            state.idlePids()
                    .forEach(pid -> workers.add(new Live(entry.getKey(), pid, false, share)));
        }
        return new WorkersView(workers, waiting, pools.starts());
    }
}
