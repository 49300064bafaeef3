package dev.snug.cli.proof;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Memory returns when a model is unloaded. The oracle is the kernel's RssAnon of a process on the
 * launcher's flags, after each of many cycles; that it can tell a leak from none is shown with a
 * leak that the test planted.
 */
final class MemoryReturnsIT {
    private static final int CYCLES = Integer.getInteger("snug.proof.cycles", 200);

    /** A whole Speaker opens twenty sessions a cycle. */
    private static final int SPEAKER_CYCLES = Integer.getInteger("snug.proof.cycles", 40);

    private static final double MIB = 1 << 20;
    private static final double SLOPE_MIB_MAX = 0.1;

    /** The planted leak keeps half a MiB each cycle; what else returns does not hide it. */
    private static final double LEAK_MIB_LEAST = 0.4;

    @TempDir private Path home;

    @Test
    void aVelocitySessionReturnsWhatItTook() throws Exception {
        assertThat(slopeMib("velocity", CYCLES, "-")).isLessThan(SLOPE_MIB_MAX);
    }

    @Test
    void aClassifierWithHeatMapReturnsWhatItTook() throws Exception {
        RealWork.install(home);
        assertThat(slopeMib("classifier", CYCLES, RealWork.CLASSIFIER)).isLessThan(SLOPE_MIB_MAX);
    }

    @Test
    void aWholeSpeakerReturnsWhatItTook() throws Exception {
        assertThat(slopeMib("speaker", SPEAKER_CYCLES, "-")).isLessThan(SLOPE_MIB_MAX);
    }

    @Test
    void aPlantedLeakIsSeen() throws Exception {
        assertThat(slopeMib("leak", SPEAKER_CYCLES, "-")).isGreaterThan(LEAK_MIB_LEAST);
    }

    private double slopeMib(String kind, int cycles, String model)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(
                                RealWork.ROOT.resolve("snug").toString(),
                                "-Dsnug.root=" + RealWork.ROOT,
                                Cycles.class.getName(),
                                kind,
                                Integer.toString(cycles),
                                home.toString(),
                                model)
                        .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("SNUG_LAUNCH", "bench");
        builder.environment().put("SNUG_JAVA_HOME", System.getProperty("java.home", ""));
        builder.environment().put("SNUG_BENCH_CLASSES", TestClasses.folder());
        Process process = builder.start();
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("exit code of the measured process").isZero();
        List<String> lines = text.lines().toList();
        assertThat(lines).hasSize(cycles);
        long[] anonymous = lines.stream().mapToLong(Long::parseLong).toArray();
        double slope = Growth.bytesEachCycle(anonymous) / MIB;
        System.out.printf(
                "proof: %s, %d cycles: RssAnon %.1f MiB after the first, %.1f after the last,"
                        + " slope %.4f MiB a cycle%n",
                kind, cycles, anonymous[0] / MIB, anonymous[cycles - 1] / MIB, slope);
        return slope;
    }

    /** Where the classes of this test lie. */
    private static final class TestClasses {
        static String folder() {
            return Path.of(
                            Objects.requireNonNull(
                                            Cycles.class.getProtectionDomain().getCodeSource())
                                    .getLocation()
                                    .getPath())
                    .toString();
        }
    }
}
