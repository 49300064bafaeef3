package dev.snug.server.job.redis;

import dev.snug.server.job.JobStore;
import dev.snug.server.job.JobStoreContract;
import dev.snug.server.redis.RedisServer;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;

/** The contract, against a real redis-server; each server has a data folder of its own or not. */
final class RedisJobsTest extends JobStoreContract {
    @TempDir private static Path redis;
    private static RedisServer server;

    @TempDir private Path folder;

    @BeforeAll
    static void startRedis() throws Exception {
        server = RedisServer.inMemory(redis);
    }

    @AfterAll
    static void endRedis() {
        server.close();
    }

    @BeforeEach
    void forgetEverything() {
        server.flush();
    }

    @Override
    protected JobStore start(int countMost) throws Exception {
        return new Node(server, folder).withCount(countMost).start();
    }

    @Override
    protected void kill(JobStore store) {
        // Nothing is given back: what was in hand stays pending.
        store.close();
    }

    @Override
    protected Duration afterDeath() {
        return Duration.ZERO;
    }
}
