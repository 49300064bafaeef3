package dev.snug.runtime.worker;

import static dev.snug.runtime.worker.Children.answer;
import static dev.snug.runtime.worker.Children.echo;
import static dev.snug.runtime.worker.Children.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.snug.runtime.measure.Probe;
import dev.snug.runtime.measure.ProcessMemory;
import dev.snug.runtime.worker.WorkerException.Kind;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The queue in front of real child JVMs. The oracles: the process ids that the workers themselves
 * answer, the order in which the test let its requests join, the kernel's count of resident bytes.
 */
@Timeout(60)
final class WorkersProcessTest {
    private static final long MIB = 1 << 20;
    private static final Duration KEEP = Duration.ofMinutes(1);

    private static Workers workers(PoolSettings pool) {
        return new Workers(pool, Children.settings());
    }

    @Test
    void manyThreadsAtTheFirstRequestMakeOneStart() throws Exception {
        try (Workers workers = workers(PoolSettings.ONE);
                ExecutorService threads = Executors.newFixedThreadPool(20)) {
            Callable<String> first = () -> answer(workers, request("pid"));
            Set<String> pids = new LinkedHashSet<>();
            for (Future<String> pid : threads.invokeAll(java.util.Collections.nCopies(20, first))) {
                pids.add(pid.get());
            }
            assertThat(pids).hasSize(1);
            assertThat(workers.state().starts()).isEqualTo(1);
        }
    }

    @Test
    void requestsAreServedInTheirOrderAndOneThatLeavesCostsNothing() throws Exception {
        List<Integer> order = new ArrayList<>();
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        try (Workers workers = workers(PoolSettings.ONE)) {
            Thread holder =
                    Thread.ofPlatform()
                            .start(
                                    () ->
                                            quietly(
                                                    workers,
                                                    echo("x"),
                                                    part -> {
                                                        begun.countDown();
                                                        await(go);
                                                    }));
            begun.await();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 6; i++) {
                int number = i;
                threads.add(
                        Thread.ofPlatform()
                                .start(
                                        () ->
                                                quietly(
                                                        workers,
                                                        echo("y"),
                                                        part -> order.add(number))));
                assertThat(Children.soon(() -> workers.state().waiting() == number + 1)).isTrue();
            }
            threads.get(0).interrupt();
            threads.get(3).interrupt();
            assertThat(Children.soon(() -> workers.state().waiting() == 4)).isTrue();
            go.countDown();
            holder.join();
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(order).containsExactly(1, 2, 4, 5);
            assertThat(workers.state().starts()).isEqualTo(1);
        }
    }

    private static void quietly(Workers workers, Request request, PartSink sink) {
        try {
            workers.run(request, sink);
        } catch (InterruptedException e) {
            // What the test asked for.
            return;
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void afterEachDeathTheNextRequestIsRight() throws Exception {
        try (Workers workers = workers(PoolSettings.ONE)) {
            assertThat(answer(workers, echo("one"))).isEqualTo("one");
            long stopped = workers.state().idlePids().getFirst();
            Request hasty = Request.of("stream", new byte[0], Duration.ofMillis(500));
            assertThat(failure(workers, hasty, Children.signalling(stopped, "STOP")))
                    .isEqualTo(Kind.STUCK);

            assertThat(answer(workers, echo("two"))).isEqualTo("two");
            long killed = workers.state().idlePids().getFirst();
            assertThat(
                            failure(
                                    workers,
                                    request("begin and wait"),
                                    Children.signalling(killed, "KILL")))
                    .isEqualTo(Kind.CRASHED);

            assertThat(answer(workers, echo("three"))).isEqualTo("three");
            long idle = workers.state().idlePids().getFirst();
            Children.signal(idle, "KILL");
            assertThat(Children.soon(() -> !Children.alive(idle))).isTrue();
            assertThat(answer(workers, echo("four"))).as("it died idle").isEqualTo("four");

            assertThat(failure(workers, request("fill the heap"), part -> {}))
                    .isEqualTo(Kind.OUT_OF_MEMORY);
            assertThat(answer(workers, echo("five"))).isEqualTo("five");
            assertThat(workers.state().starts()).isEqualTo(5);
        }
    }

    private static Kind failure(Workers workers, Request request, PartSink sink) {
        return catchThrowableOfType(WorkerException.class, () -> workers.run(request, sink)).kind();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void twoHundredRequestsOverRecycledWorkersLoseNoneAndDoNotGrow() throws Exception {
        Map<Long, List<Long>> resident = new LinkedHashMap<>();
        PoolSettings pool = new PoolSettings(1, 4, 50, 64 * MIB, KEEP);
        try (Workers workers = workers(pool)) {
            for (int i = 0; i < 200; i++) {
                String text = "request " + i;
                workers.run(
                        echo(text),
                        part -> {
                            long pid = workers.state().busyPids().getFirst();
                            resident.computeIfAbsent(pid, p -> new ArrayList<>())
                                    .add(anonymousBytes(pid));
                        });
                assertThat(answer(workers, echo(text))).isEqualTo(text);
            }
        }
        assertThat(resident).as("400 requests, 50 each").hasSize(8);
        resident.forEach(
                (pid, bytes) ->
                        assertThat(bytes.getLast() - bytes.getFirst())
                                .as("growth of worker %d", pid)
                                .isLessThan(8 * MIB));
    }

    private static long anonymousBytes(long pid) {
        return Probe.ofThisMachine().process(pid).map(ProcessMemory::rssAnonBytes).orElseThrow();
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aWorkerThatGrowsIsReplacedBetweenTwoRequests() throws Exception {
        PoolSettings pool = new PoolSettings(1, 4, 1000, 3L * Chores.LEAK_BYTES, KEEP);
        List<String> pids = new ArrayList<>();
        try (Workers workers = workers(pool)) {
            for (int i = 0; i < 10; i++) {
                pids.add(answer(workers, request("leak")));
            }
        }
        assertThat(Set.copyOf(pids)).as("pids %s", pids).hasSizeBetween(2, 4);
        assertThat(pids.subList(0, 3)).as("the limit allows three").containsOnly(pids.getFirst());
    }

    @Test
    void anIdleWorkerEndsAndTheNextRequestStartsAnother() throws Exception {
        PoolSettings pool = new PoolSettings(1, 4, 1000, 64 * MIB, Duration.ofMillis(100));
        try (Workers workers = workers(pool)) {
            long pid = Long.parseLong(answer(workers, request("pid")));
            assertThat(Children.soon(() -> !Children.alive(pid))).isTrue();
            assertThat(answer(workers, request("pid"))).isNotEqualTo(Long.toString(pid));
        }
    }

    @Test
    void closingKillsWhatRunsRefusesWhatWaitsAndLeavesNoProcess() throws Exception {
        Workers workers = workers(PoolSettings.ONE);
        CountDownLatch begun = new CountDownLatch(1);
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Future<Kind> running =
                    threads.submit(
                            () ->
                                    failure(
                                            workers,
                                            request("begin and wait"),
                                            part -> begun.countDown()));
            begun.await();
            long pid = workers.state().busyPids().getFirst();
            Future<Kind> waiting = threads.submit(() -> failure(workers, echo("x"), part -> {}));
            assertThat(Children.soon(() -> workers.state().waiting() == 1)).isTrue();

            workers.close();

            assertThat(running.get()).isEqualTo(Kind.CLOSED);
            assertThat(waiting.get()).isEqualTo(Kind.CLOSED);
            assertThat(Children.alive(pid)).isFalse();
            assertThatThrownBy(() -> answer(workers, echo("x")))
                    .isInstanceOf(WorkerException.class);
        }
    }

    @Test
    void anAnswerLongerThanAllowedIsCancelled() throws Exception {
        try (Workers workers = workers(PoolSettings.ONE)) {
            assertThatThrownBy(() -> workers.answer(request("stream"), 100_000))
                    .hasMessage(
                            "the answer to request 'stream' is longer than the 100000 bytes"
                                    + " allowed");
            assertThat(answer(workers, echo("right"))).isEqualTo("right");
            assertThat(workers.state().starts()).isEqualTo(1);
        }
    }
}
