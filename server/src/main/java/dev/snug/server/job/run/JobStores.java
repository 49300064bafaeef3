package dev.snug.server.job.run;

import dev.snug.server.job.JobException;
import dev.snug.server.job.JobStore;
import dev.snug.server.job.embedded.EmbeddedJobs;
import dev.snug.server.job.redis.RedisJobs;
import dev.snug.server.settings.JobSettings;
import dev.snug.server.settings.ServerSettings;
import dev.snug.server.settings.SettingsException;
import dev.snug.server.store.Database;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;

/** Chooses where jobs are kept. */
public final class JobStores {
    private static final Duration SLACK = Duration.ofMinutes(1);

    private JobStores() {}

    /**
     * The store of a server; nothing is written before its first job.
     *
     * @param database of its data folder
     * @param scratch folder for the files of what is in hand, where they come from elsewhere
     * @param log takes a line when a shared database is gone, is back, or would lose something
     * @throws SettingsException when the settings name a database that cannot keep a queue
     * @throws IOException when the data folder cannot be used
     */
    public static JobStore open(
            ServerSettings settings,
            Database database,
            Path scratch,
            InstantSource clock,
            Consumer<String> log)
            throws IOException {
        JobSettings jobs = settings.jobs();
        if (jobs.redis() == null) {
            return new EmbeddedJobs(settings.data(), database, jobs.count(), clock);
        }
        // Longer than any step, which may wait for its worker as long as a call works.
        Duration idle = settings.jobStep().plus(settings.deadline()).plus(SLACK);
        try {
            return RedisJobs.open(jobs, settings.data(), scratch, idle, clock, log);
        } catch (JobException e) {
            throw new SettingsException(String.valueOf(e.getMessage()));
        }
    }
}
