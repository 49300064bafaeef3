package dev.snug.cli.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.runtime.bundle.Checksum;
import dev.snug.runtime.session.SessionSettings;
import dev.snug.runtime.worker.JvmFlags;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * In a full control group the kernel kills the worker and not its parent: that costs one request
 * one error that says so, and the next worker's answer is right. The oracles are the kernel's own
 * count of kills in the group, and the same work outside of it, byte by byte.
 */
@Timeout(240)
final class KilledWorkerIT {
    /** Parent and a worker that speaks were charged 86 MiB where others had read their files. */
    private static final int LIMIT_MEBIBYTES = 192;

    private static final long TAKEN_BYTES = (2L * LIMIT_MEBIBYTES) << 20;

    @TempDir private Path folder;

    @Test
    void aWorkerThatTheKernelKillsCostsOneErrorThatSaysSo() throws Exception {
        Command.requireGroups(folder);
        Path report = folder.resolve("report");
        Path out = folder.resolve("out.txt");
        List<String> line =
                new ArrayList<>(
                        List.of(
                                Command.UNDER_LIMIT.toString(),
                                Integer.toString(LIMIT_MEBIBYTES),
                                "-r",
                                report.toString(),
                                "--",
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx32m",
                                "-Dsnug.root=" + RealWork.ROOT));
        line.addAll(JvmFlags.SMALL);
        line.addAll(
                List.of(
                        "-cp",
                        System.getProperty("java.class.path"),
                        CrowdedParent.class.getName(),
                        Long.toString(TAKEN_BYTES)));
        Process process =
                new ProcessBuilder(line)
                        .redirectErrorStream(true)
                        .redirectOutput(out.toFile())
                        .start();
        assertThat(process.waitFor(200, TimeUnit.SECONDS)).isTrue();

        List<String> said = Files.readString(out).lines().toList();
        assertThat(process.exitValue()).as("%s", said).isZero();
        assertThat(Files.readString(report)).contains(" oom_kill=1 ");
        assertThat(said).hasSize(2);
        assertThat(said.getFirst())
                .startsWith("KILLED_FOR_MEMORY the worker was killed by the kernel for memory")
                .contains("rose from 0 to 1", "during request 'take'; the next gets another");
        assertThat(said.getLast())
                .isEqualTo(Checksum.of(RealWork.spoken(RealWorkerIT.TEXT, SessionSettings.MAPPED)));
    }
}
