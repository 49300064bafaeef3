package dev.snug.server.settings;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.time.Duration;

/**
 * How long work is kept.
 *
 * @param redis database that several servers share; null for SQLite in the data folder
 * @param redisPassword of that database; null for none
 * @param count most jobs that are not over
 * @param bytes most bytes of one job's files
 * @param ttl after which a job that is over is forgotten, with its result
 */
public record JobSettings(
        @Nullable URI redis, @Nullable String redisPassword, int count, long bytes, Duration ttl) {
    /** Without the secret. */
    @Override
    public String toString() {
        return "JobSettings[" + (redis == null ? "SQLite" : redis) + "]";
    }
}
