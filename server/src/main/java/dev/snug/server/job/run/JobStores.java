package dev.snug.server.job.run;

import dev.snug.server.job.JobStore;
import dev.snug.server.job.embedded.EmbeddedJobs;
import dev.snug.server.settings.ServerSettings;
import dev.snug.server.settings.SettingsException;
import dev.snug.server.store.Database;

import java.time.InstantSource;

/** Chooses where jobs are kept. */
public final class JobStores {
    private JobStores() {}

    /**
     * The store of a server; nothing is written before its first job.
     *
     * @param database of its data folder
     * @throws SettingsException when the settings name a store that is not there
     */
    public static JobStore open(ServerSettings settings, Database database, InstantSource clock) {
        if (settings.jobs().redis() != null) {
            throw new SettingsException(
                    "redis: this build keeps jobs in its data folder only; leave the setting out");
        }
        return new EmbeddedJobs(settings.data(), database, settings.jobs().count(), clock);
    }
}
