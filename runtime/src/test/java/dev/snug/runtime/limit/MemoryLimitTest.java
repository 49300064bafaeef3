package dev.snug.runtime.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.snug.runtime.limit.MemoryLimit.Origin;
import dev.snug.runtime.measure.Probe;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Folders written as the kernel's documentation of control groups (admin-guide/cgroup-v1/memory,
 * cgroup-v2) lays them out. The oracle is the sum by hand beside each.
 */
final class MemoryLimitTest {
    private static final long MIB = 1 << 20;

    @TempDir private Path root;

    @Test
    void theOptionComesBeforeTheVariableAndBothBeforeTheGroup() throws IOException {
        machine(4096, 3000);
        v2("/app", 1024, 200, 50, 30);
        assertThat(decide("512MiB", "256MiB"))
                .isEqualTo(new MemoryLimit(512 * MIB, Origin.ASKED, "--memory says 512MiB"));
        assertThat(decide(null, "256m"))
                .isEqualTo(new MemoryLimit(256 * MIB, Origin.ENVIRONMENT, "SNUG_MEMORY says 256m"));
        assertThat(decide(null, " ").origin()).isEqualTo(Origin.CONTROL_GROUP);
        assertThatThrownBy(() -> decide("", "256m"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("--memory: '' is not");
        assertThatThrownBy(() -> decide(null, "lots"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("SNUG_MEMORY: 'lots' is not");
    }

    @Test
    void moreThanMachineOrGroupGiveIsRefusedWithWhatTheyGive() throws IOException {
        machine(4096, 3000);
        v2("/app", 1024, 200, 50, 30);
        assertThatThrownBy(() -> decide("5GiB", null))
                .isInstanceOf(LimitException.class)
                .hasMessage(
                        "--memory 5GiB cannot be kept: the machine has 4096 MiB; ask for at most"
                                + " 4096MiB, or leave it out");
        assertThatThrownBy(() -> decide(null, "1025MiB"))
                .isInstanceOf(LimitException.class)
                .hasMessageContaining("SNUG_MEMORY 1025MiB cannot be kept: the control group")
                .hasMessageContaining("/sys/fs/cgroup/app allows 1024 MiB");
        assertThat(decide("1GiB", null).bytes()).isEqualTo(1024 * MIB);
    }

    @Test
    void aGroupLeavesItsLimitLessWhatItsOtherProcessesCannotGiveUp() throws IOException {
        machine(4096, 3000);
        process(20, 25);
        // 200 charged − 50 inactive = 150, of which 20 anonymous and 25 of 30 active are our own.
        v2("/app", 1024, 200, 50, 30);
        assertThat(decide(null, null))
                .isEqualTo(
                        new MemoryLimit(
                                (1024 - 105) * MIB,
                                Origin.CONTROL_GROUP,
                                "the control group /sys/fs/cgroup/app allows 1024 MiB, of which"
                                        + " others hold 105 MiB"));
    }

    @Test
    void aGroupWithThisProcessAloneLeavesItsWholeLimit() throws IOException {
        machine(4096, 3000);
        process(20, 60);
        // The process maps 60, of which the group was charged for 40 and 10 are inactive.
        v2("/app", 256, 60, 10, 30);
        assertThat(decide(null, null).bytes()).isEqualTo(256 * MIB);
        assertThat(decide(null, null).explanation()).endsWith("allows 256 MiB");
    }

    @Test
    void ownFilePagesNeverHideANeighboursAnonymousOnes() throws IOException {
        machine(4096, 3000);
        process(20, 500);
        // 400 charged, 10 inactive, 30 active files, 20 our own: 340 are a neighbour's for good.
        v2("/app", 1024, 400, 10, 30);
        assertThat(decide(null, null).bytes()).isEqualTo((1024 - 340) * MIB);
    }

    @Test
    void theTightestOfNestedGroupsCountsWithItsOwnNeighbours() throws IOException {
        machine(4096, 3000);
        process(20, 0);
        v2("/slice", 1024, 900, 100, 0);
        v2("/slice/app", 512, 30, 0, 0);
        // Inside 512 − 10, outside 1024 − (900 − 100 − 20) = 244.
        assertThat(decide(null, null).bytes()).isEqualTo(244 * MIB);
        assertThat(decide(null, null).explanation()).contains("/slice allows 1024 MiB");
    }

    @Test
    void versionOneCountsTheGroupsInsideAndTheLimitThatAContainerCannotSee() throws IOException {
        machine(4096, 3000);
        process(20, 0);
        write("proc/self/cgroup", "4:memory:/docker/x\n");
        write(
                "proc/self/mountinfo",
                "9 1 0:2 /docker/x /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n");
        String group = "sys/fs/cgroup/memory/";
        write(group + "memory.limit_in_bytes", "9223372036854771712\n");
        write(group + "memory.usage_in_bytes", 150 * MIB + "\n");
        write(
                group + "memory.stat",
                "inactive_file 1\nhierarchical_memory_limit %d\ntotal_inactive_file %d\n"
                                .formatted(512 * MIB, 50 * MIB)
                        + "total_active_file 0\n");
        assertThat(decide(null, null).bytes()).isEqualTo((512 - 80) * MIB);
        assertThat(decide(null, null).origin()).isEqualTo(Origin.CONTROL_GROUP);
        write(group + "memory.limit_in_bytes", 300 * MIB + "\n");
        assertThat(decide(null, null).bytes()).isEqualTo((300 - 80) * MIB);
    }

    @Test
    void withoutALimitHalfOfWhatIsAvailableIsTaken() throws IOException {
        machine(4096, 3000);
        process(20, 30);
        assertThat(decide(null, null).bytes()).as("what we hold is ours").isEqualTo(1510 * MIB);
        assertThat(decide(null, null).origin()).isEqualTo(Origin.MACHINE);
        assertThat(decide(null, null).explanation())
                .startsWith("half of the 3020 MiB available on this machine: no control group");
        v2("/app", 8192, 100, 0, 0);
        assertThat(decide(null, null).bytes()).as("no limit at all").isEqualTo(1510 * MIB);
    }

    @Test
    void aGroupThatAllowsMoreThanIsAvailableIsCutToThat() throws IOException {
        machine(4096, 1000);
        v2("/app", 2048, 0, 0, 0);
        assertThat(decide(null, null).bytes()).isEqualTo(1000 * MIB);
        assertThat(decide(null, null).origin()).isEqualTo(Origin.MACHINE);
        assertThat(decide(null, null).explanation())
                .endsWith("but the machine has only 1000 MiB left");
    }

    @Test
    void aMachineThatTellsNothingGivesAQuarter() {
        MemoryFacts facts = MemoryFacts.read(new Probe(root), () -> 8192 * MIB);
        MemoryLimit limit = MemoryLimit.decide(Optional.empty(), Optional.empty(), facts);
        assertThat(limit.bytes()).isEqualTo(2048 * MIB);
        assertThat(limit.explanation()).startsWith("a quarter of the 8192 MiB of this machine");
    }

    @Test
    void aFullGroupIsAnErrorThatNamesIt() throws IOException {
        machine(4096, 3000);
        v2("/app", 100, 100, 0, 0);
        assertThatThrownBy(() -> decide(null, null))
                .isInstanceOf(LimitException.class)
                .hasMessageContaining("/app allows 100 MiB, of which others hold 100 MiB")
                .hasMessageContaining("raise the limit");
    }

    @Test
    void aGroupThatDoesNotTellItsUseLeavesItsLimit() throws IOException {
        machine(4096, 3000);
        v2("/app", 300, 0, 0, 0);
        Files.delete(root.resolve("sys/fs/cgroup/app/memory.stat"));
        assertThat(decide(null, null).bytes()).isEqualTo(300 * MIB);
        assertThat(decide(null, null).explanation()).contains("is not told");
    }

    @Test
    void thisMachineHasALimitThatItsMemoryHolds() {
        MemoryFacts facts = MemoryFacts.ofThisMachine();
        MemoryLimit limit = MemoryLimit.decide(Optional.empty(), Optional.empty(), facts);
        assertThat(limit.bytes()).isBetween(MIB, facts.physicalBytes());
    }

    private MemoryLimit decide(@Nullable String option, @Nullable String variable) {
        return MemoryLimit.decide(
                Optional.ofNullable(option),
                Optional.ofNullable(variable),
                MemoryFacts.read(
                        new Probe(root),
                        () -> {
                            throw new AssertionError("meminfo tells the machine's memory");
                        }));
    }

    private void machine(long totalMib, long availableMib) throws IOException {
        write(
                "proc/meminfo",
                "MemTotal: %d kB\nMemAvailable: %d kB\n"
                        .formatted(totalMib << 10, availableMib << 10));
    }

    private void process(long anonMib, long fileMib) throws IOException {
        write(
                "proc/self/status",
                """
                VmSize: 1 kB
                VmHWM: 1 kB
                VmRSS: %d kB
                RssAnon: %d kB
                RssFile: %d kB
                RssShmem: 0 kB
                VmSwap: 0 kB
                """
                        .formatted((anonMib + fileMib) << 10, anonMib << 10, fileMib << 10));
    }

    /** The group {@code path} of version 2, with this process in it; sizes in MiB. */
    private void v2(String path, long limit, long current, long inactive, long active)
            throws IOException {
        write("proc/self/cgroup", "0::" + path + "\n");
        write("proc/self/mountinfo", "9 1 0:2 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n");
        String group = "sys/fs/cgroup" + path + "/";
        write(group + "memory.max", limit * MIB + "\n");
        write(group + "memory.current", current * MIB + "\n");
        write(
                group + "memory.stat",
                "inactive_file %d\nactive_file %d\n".formatted(inactive * MIB, active * MIB));
    }

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }
}
