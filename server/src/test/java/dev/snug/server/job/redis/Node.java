package dev.snug.server.job.redis;

import dev.snug.server.redis.RedisServer;
import dev.snug.server.settings.JobSettings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A server that shares a queue.
 *
 * @param data folder with its name
 * @param log what it said
 */
record Node(
        RedisServer server, Path data, int count, Duration ttl, Duration idle, List<String> log) {
    /** One whose steps take no longer than a minute. */
    Node(RedisServer server, Path data) {
        this(
                server,
                data,
                1000,
                Duration.ofDays(7),
                Duration.ofMinutes(1),
                new CopyOnWriteArrayList<>());
    }

    Node withCount(int most) {
        return new Node(server, data, most, ttl, idle, log);
    }

    Node withTtl(Duration time) {
        return new Node(server, data, count, time, idle, log);
    }

    Node withIdle(Duration time) {
        return new Node(server, data, count, ttl, time, log);
    }

    /** Starts it, again if it was started before. */
    RedisJobs start() throws IOException {
        Files.createDirectories(data);
        return RedisJobs.open(
                new JobSettings(server.address(0), null, count, 64 << 20, ttl),
                data,
                Files.createTempDirectory(data, "scratch"),
                idle,
                InstantSource.system(),
                log::add);
    }
}
