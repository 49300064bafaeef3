package dev.snug.server;

import dev.snug.server.job.JobStore;
import dev.snug.server.job.run.JobRunner;

import java.util.Optional;

/**
 * The jobs of a server.
 *
 * @param store orders and results
 * @param runner works on them; empty where another Snug answers
 */
record LongWork(JobStore store, Optional<JobRunner> runner) implements AutoCloseable {
    /** Takes what waits; calls are answered beside it. */
    void start() {
        runner.ifPresent(JobRunner::start);
    }

    /** Takes nothing more, and begins to give back what it holds. */
    void stop() {
        runner.ifPresent(JobRunner::stop);
    }

    /** Gives everything back and lets go of the store. */
    @Override
    public void close() {
        runner.ifPresent(JobRunner::close);
        store.close();
    }
}
