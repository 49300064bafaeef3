package dev.snug.cli.proof;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Random jobs end under the limit that they are planned with, and the kernel kills none. The oracle
 * is the kernel's {@code oom_kill} of a fresh control group for each job. That the limits are tight
 * enough to prove something is shown by a control that reserves nothing: there the kernel must
 * kill. {@code bench/run proofs} runs a hundred.
 */
final class RandomJobsIT {
    private static final long SEED = 20_260_601;
    private static final int JOBS = Integer.getInteger("snug.proof.jobs", 6);

    /** The limits lie between the smallest and this many times as much. */
    private static final double SPREAD = 1.3;

    /** 48 megapixels of a phone, 144 MB as decoded: there in an instant, and never a file's. */
    private static final int CONTROL_WIDTH = 8000;

    private static final int CONTROL_HEIGHT = 6000;
    private static final long CONTROL_BYTES = 128L << 20;

    private static final double MIB = 1 << 20;

    @TempDir private Path folder;

    @Test
    void jobsAtTheirPlannedLimitEnd() throws Exception {
        Command command = Command.in(folder);
        RealWork.install(command.home());
        Path small = folder.resolve("small.png");
        RandomJobs.write(small, "png", 64, 64);
        // The copy for this machine is made by the first answer.
        command.run(List.of("classify", small.toString(), "-m", RealWork.CLASSIFIER));
        Random random = new Random(SEED);
        for (List<String> job : RandomJobs.of(SEED, JOBS, folder)) {
            long smallest = command.smallestBytes(job);
            long limit = (long) (smallest * (1 + random.nextDouble() * (SPREAD - 1)));
            Command.Limited run = command.runPlanned(limit, job);
            System.out.printf(
                    "proof: %s, smallest %.0f MiB, limit %.0f MiB: exit %d, oom_kill %d, charged"
                            + " %.0f MiB, %.2f CPU s%n",
                    job.getFirst(),
                    smallest / MIB,
                    limit / MIB,
                    run.exitCode(),
                    run.oomKills(),
                    run.peakBytes() / MIB,
                    run.cpuSeconds());
            assertThat(run.oomKills()).as("%s", job).isZero();
            assertThat(run.exitCode()).as("%s: %s", job, run.err()).isZero();
        }
    }

    @Test
    void whatReservesNothingIsKilled() throws Exception {
        Command command = Command.in(folder);
        RealWork.install(command.home());
        Path large = folder.resolve("large.png");
        RandomJobs.write(large, "png", CONTROL_WIDTH, CONTROL_HEIGHT);
        Map<String, String> unplanned =
                Map.of(
                        "SNUG_LAUNCH",
                        "bench",
                        "SNUG_BENCH_CLASSES",
                        RealWork.ROOT.resolve("cli/target/test-classes").toString());
        List<String> decoding = List.of(Unplanned.class.getName(), large.toString());

        assertThat(command.run(0, decoding, unplanned).exitCode()).isZero();
        Command.Limited run = command.run(CONTROL_BYTES, decoding, unplanned);
        System.out.printf("proof: the control ended after %.1f s%n", run.wallSeconds());
        assertThat(run.oomKills()).as("kills of a job that asks nobody").isPositive();

        Command.Limited asked =
                command.runPlanned(
                        CONTROL_BYTES,
                        List.of("classify", large.toString(), "-m", RealWork.CLASSIFIER));
        assertThat(asked.oomKills()).isZero();
        // What asks is answered: the same picture, decoded reduced.
        assertThat(asked.exitCode()).as(asked.err()).isZero();
        assertThat(asked.err()).contains("decoding reduced instead of whole");
    }
}
