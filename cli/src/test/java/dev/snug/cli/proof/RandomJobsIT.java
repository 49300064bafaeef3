package dev.snug.cli.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.snug.runtime.plan.Predicted;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Random jobs end under the limit that they are planned with, and the kernel kills none. The oracle
 * is the kernel's {@code oom_kill} of a fresh control group for each job. That the limits are tight
 * enough to prove something is shown by the same jobs with less than their anonymous part: there
 * the kernel must kill.
 */
@EnabledIfSystemProperty(
        named = "snug.proof.jobs",
        matches = "\\d+",
        disabledReason = "bench/run proofs runs it: minutes")
final class RandomJobsIT {
    private static final long SEED = 20_260_601;
    private static final int JOBS = Integer.getInteger("snug.proof.jobs", 12);

    /** Of what is predicted to be anonymous; the rest can be neither dropped nor swapped. */
    private static final double CONTROL_SHARE = 0.6;

    /**
     * Below this the kernel thrashes on the pages of the JDK for minutes before it kills; jobs with
     * larger limits get as far as their own memory.
     */
    private static final long CONTROL_BYTES_MIN = 72L << 20;

    private static final double MIB = 1 << 20;

    @TempDir private Path folder;

    private record Planned(Job job, Predicted predicted) {}

    @Test
    void jobsAtTheirPlannedLimitEndAndIgnoringThePlanIsKilled() throws Exception {
        Command command = Command.in(folder);
        RealWork.install(command.home());
        List<Planned> planned = new ArrayList<>();
        List<Job> jobs = RandomJobs.of(SEED, JOBS, folder);
        // The copy for this machine is made by the first answer.
        command.run(RandomJobs.small(folder).arguments());
        for (Job job : jobs) {
            planned.add(new Planned(job, job.predicted(command)));
        }
        for (Planned one : planned) {
            Command.Limited run = run(command, one, one.job().limitBytes(one.predicted()));
            assertThat(run.oomKills()).as("%s", one.job()).isZero();
            assertThat(run.exitCode()).as("%s: %s", one.job(), run.err()).isZero();
        }
        Planned control = large(command);
        assertThat(run(command, control, control.job().limitBytes(control.predicted())).exitCode())
                .isZero();
        long less = (long) (CONTROL_SHARE * control.predicted().anonymousBytes());
        assertThat(less).isGreaterThan(CONTROL_BYTES_MIN);
        assertThat(run(command, control, less).oomKills())
                .as("kills of a job that ignores its plan")
                .isPositive();
    }

    /** A picture of a phone: most of what it takes is its own, and is there in an instant. */
    private static Planned large(Command command) throws Exception {
        Job job = RandomJobs.large(command.folder());
        return new Planned(job, job.predicted(command));
    }

    private static Command.Limited run(Command command, Planned one, long limitBytes)
            throws Exception {
        Command.Limited run = command.run(limitBytes, one.job().arguments(), Map.of());
        System.out.printf(
                "proof: %s, predicted %.0f MiB anonymous and %.0f mapped, limit %.0f MiB: exit %d,"
                        + " oom_kill %d, charged %.0f MiB, %.2f CPU s%n",
                one.job().getClass().getSimpleName(),
                one.predicted().anonymousBytes() / MIB,
                one.predicted().mappedBytes() / MIB,
                limitBytes / MIB,
                run.exitCode(),
                run.oomKills(),
                run.peakBytes() / MIB,
                run.cpuSeconds());
        return run;
    }
}
