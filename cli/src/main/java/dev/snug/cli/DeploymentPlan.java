package dev.snug.cli;

import dev.snug.cli.deploy.Deployment;
import dev.snug.runtime.budget.MemorySize;
import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.job.DoesNotFitException;
import dev.snug.runtime.limit.MemoryLimit;
import dev.snug.runtime.plan.Plan.Choice;
import dev.snug.speech.bundle.SpeechSettings;

import java.io.IOException;

/**
 * Plans a server with one model for a machine that need not be this one.
 *
 * @param main whose surroundings and networks count
 * @param options what the user decided
 * @param memory what the user asked for
 */
record DeploymentPlan(Main main, PlanOptions options, MemoryOptions memory) {
    /** Whole steps of a limit that nobody asked for. */
    private static final long STEP_MEBIBYTES = 16;

    /**
     * The server: the front takes {@link dev.snug.server.work.Sharing#FRONT_BYTES} of the limit
     * that is asked for, the worker is planned under the rest. Without a limit, the least that the
     * job needs.
     *
     * @throws DoesNotFitException when the rest is too little
     */
    Deployment of(Bundle bundle) throws IOException {
        long asked = memory.asked(main.surroundings()).map(MemorySize::bytes).orElse(0L);
        // Nothing is refused for being 0 or less: the least that would do is told below.
        long worker =
                asked == 0
                        ? MemorySize.MAX_BYTES
                        : Math.max(MemorySize.MIN_BYTES, Deployment.workerBytes(asked));
        MemoryLimit limit =
                new MemoryLimit(worker, MemoryLimit.Origin.ASKED, "a worker beside the front");
        PlanReport report =
                new JobPlans(main, options, memory.prefer())
                        .of(bundle, new JobPlans.Room(limit, 1));
        long least = Deployment.leastMebibytes(report.plan().smallestBudgetBytes());
        if (asked != 0 && !report.plan().isFeasible()) {
            throw DoesNotFitException.server(report.model(), new MemorySize(asked), least);
        }
        long mebibytes =
                asked == 0 ? Math.ceilDiv(least, STEP_MEBIBYTES) * STEP_MEBIBYTES : asked >> 20;
        boolean speaks = bundle.manifest().kind().equals(SpeechSettings.KIND);
        String heatMaps =
                report.plan().choices().stream()
                        .filter(choice -> asked != 0 && choice.name().equals("heat-map"))
                        .map(Choice::value)
                        .findFirst()
                        .orElse("auto");
        return new Deployment(report.model(), speaks, report.job(), heatMaps, mebibytes);
    }
}
