package dev.snug.runtime.measure;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A watch over a folder that looks like {@code /proc}, whose figures the test wrote; and over this
 * process, whose memory and processor time the test itself uses.
 */
@Timeout(60)
final class MemoryWatchTest {
    private static final long SLOW_MILLIS = 3_600_000;

    @TempDir private Path root;

    private final BlockingQueue<MemorySample> seen = new LinkedBlockingQueue<>();

    @BeforeEach
    void writeKernelFiles() throws IOException {
        write("proc/7/status", status(30, 20, 1, 60));
        write("proc/7/stat", "7 (a (b) c) R 1 7 7 0 -1 4 1 0 0 0 125 75 0 0 20 0 9 0 4711 1 2\n");
        write("proc/self/cgroup", "0::/job\n");
        write("proc/self/mountinfo", "9 1 0:2 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n");
        write("sys/fs/cgroup/job/memory.current", "5000\n");
        write("sys/fs/cgroup/job/memory.max", "9000\n");
        write("sys/fs/cgroup/job/memory.stat", "inactive_file 1000\n");
        write(
                "sys/fs/cgroup/job/memory.pressure",
                """
                some avg10=1.50 avg60=0.00 avg300=0.00 total=1
                full avg10=0.25 avg60=0.00 avg300=0.00 total=1
                """);
    }

    private static String status(int anonymous, int file, int shared, int peak) {
        return "Name:\tRssAnon: 9\nVmHWM:\t %d kB\nRssAnon:\t %d kB\nRssFile:\t %d kB\nRssShmem:\t %d kB\n"
                .formatted(peak, anonymous, file, shared);
    }

    @Test
    void aSampleHoldsWhatTheKernelSaysOfProcessGroupAndPressure() throws Exception {
        try (MemoryWatch _ = MemoryWatch.start(root, "7", () -> SLOW_MILLIS, seen::add)) {
            MemorySample sample = seen.take();

            assertThat(sample.anonymousBytes()).isEqualTo(30 << 10);
            assertThat(sample.fileBytes()).isEqualTo(20 << 10);
            assertThat(sample.sharedBytes()).isEqualTo(1 << 10);
            assertThat(sample.residentBytes()).isEqualTo(51 << 10);
            assertThat(sample.peakBytes()).isEqualTo(60 << 10);
            assertThat(sample.cpuMicros()).as("200 ticks of 10 ms").isEqualTo(2_000_000);
            CgroupMemory cgroup = sample.around().cgroup().orElseThrow();
            assertThat(cgroup.currentBytes()).hasValue(5000);
            assertThat(cgroup.workingSetBytes()).hasValue(4000);
            assertThat(cgroup.limitBytes()).hasValue(9000);
            Pressure pressure = sample.around().pressure().orElseThrow();
            assertThat(pressure.some().avg10Percent()).isEqualTo(1.5);
            assertThat(pressure.full().avg10Percent()).isEqualTo(0.25);
            assertThat(new Probe(root).startTicks(7)).hasValue(4711);
        }
    }

    @Test
    void aNewStageIsLookedAtWithoutWaitingForTheInterval() throws Exception {
        try (MemoryWatch watch = MemoryWatch.start(root, "7", () -> SLOW_MILLIS, seen::add)) {
            assertThat(seen.take().stage()).isEmpty();
            write("proc/7/status", status(99, 20, 1, 120));
            watch.stage("velocity 1/7");

            MemorySample sample = seen.take();
            assertThat(sample.stage()).isEqualTo("velocity 1/7");
            assertThat(sample.stageName()).isEqualTo("velocity");
            assertThat(sample.anonymousBytes()).isEqualTo(99 << 10);
        }
    }

    @Test
    void closingLooksOnceMore() throws Exception {
        MemoryWatch watch = MemoryWatch.start(root, "7", () -> SLOW_MILLIS, seen::add);
        seen.take();
        write("proc/7/status", status(30, 20, 1, 77));
        watch.close();

        assertThat(Objects.requireNonNull(seen.poll()).peakBytes()).isEqualTo(77 << 10);
        assertThat(seen).isEmpty();
    }

    @Test
    void theWatchEndsWithItsProcess() throws Exception {
        MemoryWatch watch = MemoryWatch.start(root, "7", () -> 5, seen::add);
        seen.take();
        // A zombie keeps its status file, but has no memory to tell of.
        write("proc/7/status", "Name:\tx\nState:\tZ (zombie)\n");
        Thread.sleep(100);
        seen.clear();
        write("proc/7/status", status(1, 1, 1, 3));
        Thread.sleep(100);
        assertThat(seen).isEmpty();
        watch.close();
    }

    @Test
    void thisProcessIsSeenToGrow() throws Exception {
        assertThat(Files.exists(Path.of("/proc/self/status"))).as("Linux").isTrue();
        try (MemoryWatch watch = MemoryWatch.ofThisProcess(() -> SLOW_MILLIS, seen::add)) {
            MemorySample before = seen.take();
            java.nio.ByteBuffer block = java.nio.ByteBuffer.allocateDirect(64 << 20);
            for (int i = 0; i < block.capacity(); i += 4096) {
                block.put(i, (byte) 1);
            }
            watch.stage("filled");
            MemorySample after = seen.take();

            assertThat(after.anonymousBytes() - before.anonymousBytes())
                    .isGreaterThan((long) (60 << 20));
            assertThat(after.peakBytes()).isGreaterThanOrEqualTo(after.anonymousBytes());
            assertThat(after.cpuMicros()).isGreaterThan(0);
            assertThat(block.get(0)).isEqualTo((byte) 1);
        }
    }

    @Test
    void aFullLogKeepsTheHighestPointsAndDoublesTheInterval() {
        MemoryLog log = new MemoryLog(4);
        for (int i = 0; i < 5; i++) {
            log.accept(sample(i, i == 2 ? 100 : i));
        }

        List<Long> kept = log.samples().stream().map(MemorySample::anonymousBytes).toList();
        assertThat(kept).containsExactly(1L, 100L, 4L);
        assertThat(log.intervalMillis()).isEqualTo(2 * MemoryLog.INTERVAL_MILLIS_FIRST);
    }

    private static MemorySample sample(long micros, long bytes) {
        return new MemorySample(micros, bytes, 0, 0, bytes, 0, MemorySample.Around.UNKNOWN, "");
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(Objects.requireNonNull(path.getParent()));
        Path part = root.resolve("part");
        Files.writeString(part, text);
        Files.move(part, path, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }
}
