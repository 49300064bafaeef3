package dev.snug.runtime.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The oracle is the kernel: the fixtures of version 1 were copied from a running machine, with a
 * group of 1 GiB inside one of 512 MiB; those of version 2 and of containers follow the kernel's
 * documentation; and one test asks the kernel that runs it.
 */
final class ProbeTest {
    @Test
    void statusIsReadInBytes() {
        assertThat(fixture("v1-nested").process())
                .contains(
                        new ProcessMemory(
                                1696 << 10, 116 << 10, 1580 << 10, 0, 1696 << 10, 3060 << 10, 0));
        assertThat(fixture("v1-nested").pssBytes()).hasValue(302 << 10);
    }

    @Test
    void theSmallestLimitOfAllGroupsAroundCountsInVersionOne() {
        CgroupMemory memory = fixture("v1-nested").cgroup().orElseThrow();
        assertThat(memory.version()).isEqualTo(1);
        assertThat(memory.folder()).isEqualTo("/sys/fs/cgroup/memory/snug/inner");
        assertThat(memory.limitBytes()).hasValue(512 << 20);
        assertThat(memory.currentBytes()).hasValue(31_825_920);
        assertThat(memory.inactiveFileBytes()).hasValue(30_052_352);
        assertThat(memory.workingSetBytes()).hasValue(31_825_920 - 30_052_352);
        assertThat(memory.peakBytes()).hasValue(32_006_144);
        assertThat(memory.oomKills()).hasValue(0);
        assertThat(memory.limitHits()).hasValue(0);
    }

    @Test
    void theSmallestLimitOfAllGroupsAroundCountsInVersionTwo() {
        CgroupMemory memory = fixture("v2-nested").cgroup().orElseThrow();
        assertThat(memory)
                .isEqualTo(
                        new CgroupMemory(
                                2,
                                "/sys/fs/cgroup/user.slice/user-1000.slice/run:with-colon.scope",
                                OptionalLong.of(1 << 30),
                                OptionalLong.of(300_000_000),
                                OptionalLong.of(100_000_000),
                                OptionalLong.of(400_000_000),
                                OptionalLong.of(1),
                                OptionalLong.of(42)));
        assertThat(memory.workingSetBytes()).hasValue(200_000_000);
    }

    @Test
    void aContainerSeesItsGroupAtTheMountPointAndTheHostsLimitInTheStatistics() {
        CgroupMemory memory = fixture("docker-v1").cgroup().orElseThrow();
        assertThat(memory.folder()).isEqualTo("/sys/fs/cgroup/memory");
        assertThat(memory.limitBytes()).hasValue(128 << 20);
        assertThat(memory.limitHits()).hasValue(7);
        assertThat(memory.oomKills()).isEmpty();
        assertThat(memory.inactiveFileBytes()).hasValue(30_052_352);
    }

    @Test
    void aContainerWithItsOwnNameSpaceSeesItsGroupAsTheRoot() {
        CgroupMemory memory = fixture("docker-v2").cgroup().orElseThrow();
        assertThat(memory.folder()).isEqualTo("/sys/fs/cgroup");
        assertThat(memory.limitBytes()).hasValue(256 << 20);
        assertThat(memory.peakBytes()).isEmpty();
        assertThat(memory.workingSetBytes()).as("never below zero").hasValue(0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"v1-nested", "v2-nested", "docker-v1", "docker-v2"})
    void theSmallestLimitStandsAtOneOfTheLevels(String name) {
        CgroupMemory memory = fixture(name).cgroup().orElseThrow();
        List<CgroupLevel> levels = fixture(name).cgroupLevels();
        assertThat(levels.getFirst().folder()).isEqualTo(memory.folder());
        assertThat(levels.getFirst().currentBytes()).isEqualTo(memory.currentBytes());
        assertThat(levels.getFirst().inactiveFileBytes()).isEqualTo(memory.inactiveFileBytes());
        assertThat(levels.stream().flatMapToLong(level -> level.limitBytes().stream()).min())
                .isEqualTo(memory.limitBytes());
    }

    @Test
    void eachLevelHasItsOwnFigures() {
        assertThat(fixture("v1-nested").cgroupLevels().get(1))
                .isEqualTo(
                        new CgroupLevel(
                                "/sys/fs/cgroup/memory/snug",
                                OptionalLong.of(512 << 20),
                                OptionalLong.empty(),
                                OptionalLong.empty(),
                                OptionalLong.of(32_182_272),
                                OptionalLong.of(30_056_448),
                                OptionalLong.of(0)));
        assertThat(fixture("v2-nested").cgroupLevels().getFirst().activeFileBytes())
                .hasValue(78_257_920);
        assertThat(fixture("v2-nested").cgroupLevels().getFirst())
                .returns(OptionalLong.of(800 << 20), CgroupLevel::highBytes)
                .returns(OptionalLong.of(3), CgroupLevel::highHits);
        assertThat(fixture("v2-nested").cgroupLevels().get(1).highBytes()).isEmpty();
    }

    @Test
    void aGroupThatIsNotMountedHereIsTheNearestOneThatIs(@TempDir Path root) throws IOException {
        write(root, "proc/self/cgroup", "0::/a/b/gone\n");
        write(root, "proc/self/mountinfo", "9 1 0:2 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n");
        write(root, "sys/fs/cgroup/a/memory.current", "77\n");
        write(root, "sys/fs/cgroup/a/memory.max", "max\n");
        CgroupMemory memory = new Probe(root).cgroup().orElseThrow();
        assertThat(memory.folder()).isEqualTo("/sys/fs/cgroup/a");
        assertThat(memory.limitBytes()).isEmpty();
        assertThat(memory.currentBytes()).hasValue(77);
    }

    @Test
    void aGroupOutsideOfTheNameSpaceNeverLeadsOutOfTheMount(@TempDir Path root) throws IOException {
        write(root, "proc/self/cgroup", "0::/../../secret\n");
        write(root, "proc/self/mountinfo", "9 1 0:2 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n");
        write(root, "sys/secret/memory.current", "1\n");
        write(root, "sys/fs/cgroup/memory.current", "2\n");
        assertThat(new Probe(root).cgroup().orElseThrow().currentBytes()).hasValue(2);
    }

    @Test
    void aMachineWithoutMemoryControllerHasNoGroup(@TempDir Path root) throws IOException {
        write(root, "proc/self/cgroup", "0::/\n");
        write(root, "proc/self/mountinfo", "9 1 0:2 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n");
        write(root, "sys/fs/cgroup/cgroup.controllers", "cpu io\n");
        assertThat(new Probe(root).cgroup()).isEmpty();
    }

    @Test
    void pressureIsReadForTheMachineAndForTheGroup() {
        Pressure group = fixture("v2-nested").cgroupPressure().orElseThrow();
        assertThat(group.some()).isEqualTo(new Pressure.Stall(0.12, 1.5, 123_456));
        assertThat(group.full()).isEqualTo(new Pressure.Stall(0, 0.75, 65_432));
        assertThat(fixture("v1-nested").pressure()).isPresent();
        assertThat(fixture("v1-nested").cgroupPressure()).as("hybrid").contains(group);
        assertThat(fixture("docker-v1").cgroupPressure()).isEmpty();
    }

    @Test
    void theMachineTellsItsProcessorAndMemory() {
        Machine machine = fixture("v1-nested").machine("amd64", 2);
        assertThat(machine.architecture()).isEqualTo("x86_64");
        assertThat(machine.cpuModel()).isEqualTo("Intel(R) Xeon(R) Processor");
        assertThat(machine.cores()).isEqualTo(2);
        assertThat(machine.instructionSet()).isEqualTo(InstructionSet.AVX512);
        assertThat(machine.instructionSet().key()).isEqualTo("avx512");
        assertThat(machine.physicalBytes()).hasValue(24_731_708L << 10);
        assertThat(machine.availableBytes()).isPresent();
        assertThat(fixture("v2-nested").machine("aarch64", 4))
                .isEqualTo(
                        new Machine(
                                "aarch64",
                                "unknown",
                                4,
                                InstructionSet.NEON,
                                OptionalLong.empty(),
                                OptionalLong.empty()));
    }

    @Test
    void theWidestInstructionSetWins() {
        assertThat(InstructionSet.ofX86Flags(Set.of("sse2", "avx", "avx2", "avx512f")))
                .isEqualTo(InstructionSet.AVX512);
        assertThat(InstructionSet.ofX86Flags(Set.of("sse2", "avx", "avx2", "avx_vnni")))
                .isEqualTo(InstructionSet.AVX2);
        assertThat(InstructionSet.ofX86Flags(Set.of("sse2", "avx"))).isEqualTo(InstructionSet.AVX);
        assertThat(InstructionSet.ofX86Flags(Set.of("sse2"))).isEqualTo(InstructionSet.SSE);
        assertThat(InstructionSet.ofX86Flags(Set.of(""))).isEqualTo(InstructionSet.UNKNOWN);
    }

    @Test
    void whereThereIsNoProcNothingIsToldAndNothingFails(@TempDir Path root) {
        Probe probe = new Probe(root);
        assertThat(probe.process()).isEmpty();
        assertThat(probe.process(1)).isEmpty();
        assertThat(probe.pssBytes()).isEmpty();
        assertThat(probe.cgroup()).isEmpty();
        assertThat(probe.cgroupLevels()).isEmpty();
        assertThat(probe.pressure()).isEmpty();
        assertThat(probe.cgroupPressure()).isEmpty();
        assertThat(probe.machine("x86_64", 8).instructionSet()).isEqualTo(InstructionSet.UNKNOWN);
    }

    @Test
    void aKernelThatDoesNotTellTheKindsOfPagesTellsNothing(@TempDir Path root) throws IOException {
        write(root, "proc/self/status", "VmSize:\t 3060 kB\nVmRSS:\t 1688 kB\n");
        assertThat(new Probe(root).process()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"lots", "-1", "1e3", "99999999999999999999", "9223372036854775807 kB"})
    void aMalformedNumberIsAnErrorThatNamesTheFile(String number, @TempDir Path root)
            throws IOException {
        write(root, "proc/self/cgroup", "0::/\n");
        write(root, "proc/self/mountinfo", "9 1 0:2 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n");
        write(root, "sys/fs/cgroup/memory.current", number + "\n");
        assertThatThrownBy(() -> new Probe(root).cgroup())
                .isInstanceOf(MeasureException.class)
                .hasMessageContaining("memory.current")
                .hasMessageContaining(number.substring(0, 2));
    }

    @Test
    void malformedLinesAreErrorsThatNameTheFile(@TempDir Path root) throws IOException {
        write(root, "proc/self/cgroup", "nonsense\n");
        assertThatThrownBy(() -> new Probe(root).cgroup())
                .isInstanceOf(MeasureException.class)
                .hasMessageContaining("cgroup");
        write(root, "proc/self/cgroup", "0::/\n");
        write(root, "proc/self/mountinfo", "1 2 3\n");
        assertThatThrownBy(() -> new Probe(root).cgroup())
                .isInstanceOf(MeasureException.class)
                .hasMessageContaining("mountinfo");
        write(root, "proc/pressure/memory", "some avg10=x avg60=0.00 total=0\n");
        assertThatThrownBy(() -> new Probe(root).pressure())
                .isInstanceOf(MeasureException.class)
                .hasMessageContaining("pressure");
    }

    @Test
    void aFileLargerThanTheLimitIsRefused(@TempDir Path root) throws IOException {
        write(root, "proc/self/status", "x".repeat(KernelFiles.MAX_BYTES + 1));
        assertThatThrownBy(() -> new Probe(root).process())
                .isInstanceOf(MeasureException.class)
                .hasMessageContaining("status");
    }

    @Test
    void thisKernelSeesSixtyFourMebibytesComeAndGo() {
        Probe probe = Probe.ofThisMachine();
        Optional<ProcessMemory> before = probe.process();
        assumeTrue(before.isPresent(), "Linux");
        long bytes = 64 << 20;
        ProcessMemory during;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment segment = arena.allocate(bytes);
            segment.fill((byte) 1);
            during = probe.process().orElseThrow();
        }
        assertThat(during.rssAnonBytes() - before.orElseThrow().rssAnonBytes())
                .isBetween(bytes * 9 / 10, bytes * 2);
        assertThat(during.peakRssBytes()).isGreaterThanOrEqualTo(bytes);
        assertThat(during.rssBytes())
                .isEqualTo(during.rssAnonBytes() + during.rssFileBytes() + during.rssShmemBytes());
        assertThat(probe.process(ProcessHandle.current().pid())).isPresent();
        assertThat(probe.process(Integer.MAX_VALUE)).isEmpty();
    }

    @Test
    void theCallOfMacOsTellsThePeakThatThisKernelTells() {
        Optional<ProcessMemory> told = Probe.ofThisMachine().process();
        assumeTrue(told.isPresent(), "Linux");

        OptionalLong peak = PeakUsage.bytes("Linux");

        // A sibling of the same number in the kernel, brought up to date a little later.
        assertThat((double) peak.orElseThrow())
                .isCloseTo((double) told.orElseThrow().peakRssBytes(), withinPercentage(5));
        assertThat(PeakUsage.bytes("Plan 9")).isEmpty();
        assertThat(PeakUsage.bytes("Windows 11")).as("no kernel32 here").isEmpty();
    }

    private static Probe fixture(String name) {
        try {
            return new Probe(
                    Path.of(Objects.requireNonNull(ProbeTest.class.getResource(name)).toURI()));
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }

    private static void write(Path root, String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
