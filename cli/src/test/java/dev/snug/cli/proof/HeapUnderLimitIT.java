package dev.snug.cli.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.cli.proof.Command.Limited;
import dev.snug.runtime.json.Fields;
import dev.snug.runtime.json.Json;
import dev.snug.runtime.plan.HeapShare;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * In a real control group the Java machine has the heap that belongs to the group's limit, unless a
 * smaller limit was asked for. The oracles are {@link HeapShare} and the limit that the test set.
 */
@Timeout(120)
final class HeapUnderLimitIT {
    private static final long MIB = 1L << 20;

    @TempDir private Path folder;

    @Test
    void theHeapFollowsTheGroup() throws Exception {
        Command command = Command.in(folder);
        for (long mebibytes : new long[] {120, 200, 333, 1024}) {
            Fields memory =
                    memory(command.run(mebibytes * MIB, List.of("doctor", "--json"), Map.of()));
            assertThat(memory.text("heap_follows")).isEqualTo("control group");
            assertThat(memory.whole("followed_limit_bytes")).isEqualTo(mebibytes * MIB);
            assertHeap(memory, mebibytes * MIB);
        }
    }

    @Test
    void theVariableCountsBeforeTheGroup() throws Exception {
        Fields memory =
                memory(
                        Command.in(folder)
                                .run(
                                        400 * MIB,
                                        List.of("doctor", "--json"),
                                        Map.of("SNUG_MEMORY", "200MiB")));
        assertThat(memory.text("heap_follows")).isEqualTo("SNUG_MEMORY");
        assertHeap(memory, 200 * MIB);
    }

    private static Fields memory(Limited ran) {
        assertThat(ran.exitCode()).as(ran.err()).isZero();
        byte[] text = ran.out().getBytes(StandardCharsets.UTF_8);
        Fields found = new Fields(Json.parseObject(text, "doctor"), "doctor");
        return new Fields(found.tree("memory"), "doctor memory");
    }

    /** The collector cannot use one of its two survivor spaces: some hundred KiB. */
    private static void assertHeap(Fields memory, long limitBytes) {
        assertThat(memory.whole("heap_limit_bytes"))
                .isBetween(HeapShare.of(limitBytes) - MIB, HeapShare.of(limitBytes));
    }
}
