package dev.snug.server.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.runtime.device.ProviderWish;
import dev.snug.runtime.worker.PoolSettings;
import dev.snug.runtime.worker.Reply;
import dev.snug.runtime.worker.Request;
import dev.snug.runtime.worker.WorkerException;
import dev.snug.runtime.worker.WorkerSettings;
import dev.snug.runtime.worker.WorkerTask;
import dev.snug.server.answer.ModelCard.Kind;
import dev.snug.server.settings.HeatMaps;
import dev.snug.vision.picture.PictureCaps;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Real worker processes that take turns. The oracle is the kernel's list of processes. */
@Timeout(60)
final class WorkerPoolsTest {
    private static final long MIB = 1 << 20;

    /** Says its process id, after a while where that is asked for. */
    public static final class Saying implements WorkerTask {
        @Override
        public void run(String name, byte[] body, Reply reply)
                throws IOException, InterruptedException {
            if (name.equals("slow")) {
                Thread.sleep(300);
            }
            reply.send(
                    Long.toString(ProcessHandle.current().pid())
                            .getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static WorkerPools pools(boolean isInTurns, int queue) {
        return new WorkerPools(
                new Sharing(Map.of(Kind.PICTURES, 64 * MIB, Kind.SPEECH, 64 * MIB), isInTurns),
                new PoolSettings(1, queue, 1000, 64 * MIB, Duration.ofMinutes(1)),
                _ -> WorkerSettings.of(Saying.class, 24 * MIB));
    }

    private static long pid(WorkerPools pools, Kind kind, String name) throws Exception {
        StringBuilder said = new StringBuilder();
        pools.run(
                kind,
                Request.of(name, new byte[0], Duration.ofSeconds(20)),
                part -> said.append(StandardCharsets.US_ASCII.decode(part)));
        return Long.parseLong(said.toString());
    }

    @Test
    void inTurnsTheOtherWorkerIsGoneBeforeTheNextStarts() throws Exception {
        try (WorkerPools pools = pools(true, 8)) {
            long pictures = pid(pools, Kind.PICTURES, "say");
            assertThat(pid(pools, Kind.PICTURES, "say")).isEqualTo(pictures);
            long speech = pid(pools, Kind.SPEECH, "say");
            assertThat(ProcessHandle.of(pictures).map(ProcessHandle::isAlive).orElse(false))
                    .isFalse();
            assertThat(ProcessHandle.of(speech).map(ProcessHandle::isAlive).orElse(false)).isTrue();
            assertThat(pools.starts()).isEqualTo(2);
        }
    }

    @Test
    void whereThereIsRoomBothLive() throws Exception {
        try (WorkerPools pools = pools(false, 8)) {
            long pictures = pid(pools, Kind.PICTURES, "say");
            pid(pools, Kind.SPEECH, "say");
            assertThat(pid(pools, Kind.PICTURES, "say")).isEqualTo(pictures);
            assertThat(pools.states()).hasSize(2);
        }
    }

    @Test
    void aStreamOfOneKindDoesNotKeepTheOtherWaiting() throws Exception {
        try (WorkerPools pools = pools(true, 64);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            pid(pools, Kind.PICTURES, "say");
            AtomicBoolean isOver = new AtomicBoolean();
            List<Future<?>> stream = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                Callable<Long> without =
                        () -> {
                            long last = 0;
                            while (!isOver.get()) {
                                last = pid(pools, Kind.PICTURES, "slow");
                            }
                            return last;
                        };
                stream.add(threads.submit(without));
            }
            Future<Long> speech = threads.submit(() -> pid(pools, Kind.SPEECH, "say"));
            assertThat(speech.get(20, TimeUnit.SECONDS)).isPositive();
            isOver.set(true);
            for (Future<?> each : stream) {
                each.get();
            }
        }
    }

    private static boolean isAlive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    @Test
    void aWorkerThatIsEndedIsGoneAndTheNextRequestGetsAnother() throws Exception {
        try (WorkerPools pools = pools(false, 8)) {
            pools.end(Kind.PICTURES, () -> true);
            long pictures = pid(pools, Kind.PICTURES, "say");
            long speech = pid(pools, Kind.SPEECH, "say");
            pools.end(Kind.PICTURES, () -> true);
            assertThat(isAlive(pictures)).isFalse();
            assertThat(isAlive(speech)).isTrue();
            assertThat(pid(pools, Kind.PICTURES, "say")).isNotEqualTo(pictures);
            assertThat(pools.starts()).isEqualTo(3);
        }
    }

    @Test
    void aWorkerEndsAfterTheRequestThatItHasAndOnlyWhereThatIsStillWanted() throws Exception {
        try (WorkerPools pools = pools(false, 8);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            long worker = pid(pools, Kind.PICTURES, "say");
            pools.end(Kind.PICTURES, () -> false);
            assertThat(isAlive(worker)).isTrue();

            Future<Long> slow = threads.submit(() -> pid(pools, Kind.PICTURES, "slow"));
            while (pools.states().values().stream().allMatch(state -> state.busyPids().isEmpty())) {
                Thread.sleep(5);
            }
            pools.end(Kind.PICTURES, () -> true);
            assertThat(slow.get(5, TimeUnit.SECONDS)).isEqualTo(worker);
            assertThat(isAlive(worker)).isFalse();
        }
    }

    @Test
    void afterTheEndNothingIsDoneAndNoProcessIsLeft() throws Exception {
        WorkerPools pools = pools(false, 8);
        long worker = pid(pools, Kind.SPEECH, "say");
        pools.close();
        assertThat(ProcessHandle.of(worker).map(ProcessHandle::isAlive).orElse(false)).isFalse();
        assertThatThrownBy(() -> pid(pools, Kind.SPEECH, "say"))
                .isInstanceOfSatisfying(
                        WorkerException.class,
                        e -> assertThat(e.kind()).isEqualTo(WorkerException.Kind.CLOSED));
    }

    @Test
    void aWorkersDataLimitHasRoomForTheWeightsThatItMaps() {
        long limit = 150L << 20;
        WorkerSetup setup =
                new WorkerSetup(
                        Path.of("home"),
                        Optional.empty(),
                        limit,
                        HeatMaps.AUTO,
                        PictureCaps.DEFAULT,
                        ProviderWish.CPU);
        assertThat(WorkerPools.starting(PictureTask.class, setup, 80L << 20).dataBytes())
                .hasValue(limit + (80L << 20));
    }
}
