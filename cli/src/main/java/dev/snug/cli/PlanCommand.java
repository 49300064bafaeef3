package dev.snug.cli;

import dev.snug.cli.deploy.DeployFormat;
import dev.snug.cli.deploy.Deployment;
import dev.snug.runtime.bundle.BundleStore;
import dev.snug.runtime.device.ProviderWish;
import dev.snug.runtime.session.Placement;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Callable;

/** Says what a job would take, and why each setting is as it is. */
@Command(
        name = "plan",
        description = {
            "Show what a model's job would take under a memory limit: which settings, why, how many"
                    + " bytes and seconds, and the smallest limit that would do.",
            "Reads graphs, loads no weights. What `speak` and `classify` do with a limit follows"
                    + " the same plan."
        },
        footer = {
            "",
            "Examples:",
            "  snug plan snug-vi --memory 128MiB",
            "  snug plan f5 --provider cuda --device-memory 4GiB    bytes on the device as well",
            "  snug plan snug-vi --memory 128MiB --chunk-seconds 12    what that setting costs",
            "  snug plan sklesion --memory 256MiB --megapixels 48 --heat-map on",
            "  snug plan f5 --prefer speed --json | jq '.smallest_budget_bytes'",
            "  snug plan sklesion --memory 512MiB --format compose    a server with it, to deploy",
            "",
            "The exit code is 3 where nothing fits; what would is shown all the same."
        })
final class PlanCommand implements Callable<Integer> {
    @ParentCommand private Main main;

    @Parameters(paramLabel = "MODEL", description = "An installed model.")
    private String model;

    @ArgGroup(validate = false, heading = "%nMemory:%n")
    private MemoryOptions memory = new MemoryOptions();

    @ArgGroup(validate = false, heading = "%nDecided, not to be chosen:%n")
    private PlanOptions options = new PlanOptions();

    @ArgGroup(validate = false, heading = "%nDevice, which has an account of its own:%n")
    private ProviderOptions provider = new ProviderOptions();

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @Option(
            names = "--format",
            paramLabel = "compose|systemd|render|k8s",
            description = {
                "A file that deploys a server with the model, instead of the plan: --memory is the"
                        + " limit around everything, the least that would do where it is not given."
            })
    private @Nullable DeployFormat format;

    @Override
    public Integer call() throws IOException {
        if (format != null) {
            if (json) {
                throw new UsageException("--format and --json contradict each other");
            }
            if (!provider.wish(main.surroundings()).equals(ProviderWish.CPU)) {
                throw new UsageException(
                        "--format writes a server that computes with the processor; leave out"
                                + " --provider and its variables");
            }
            Deployment deployment =
                    new DeploymentPlan(main, options, memory)
                            .of(main.surroundings().store().open(model));
            main.surroundings().out().print(format.text(deployment));
            return ExitCode.OK;
        }
        Placement placement = provider.placement(main.surroundings());
        ProviderReport computed = new ProviderReport(placement);
        JobPlans.Room room =
                new JobPlans.Room(
                        memory.limit(main.surroundings()),
                        Runtime.getRuntime().availableProcessors(),
                        placement);
        PlanReport report = report(room);
        if (json) {
            JsonLines.write(
                    main.surroundings().out(),
                    json -> {
                        report.write(json);
                        computed.write(json);
                    });
        } else {
            computed.tellPlanned(main.surroundings().err());
            main.surroundings().show(report::print);
        }
        return report.isFeasible() ? ExitCode.OK : ExitCode.REFUSED_FOR_MEMORY;
    }

    /** Of the first variant that fits; where none does, of the one that needs the least. */
    private PlanReport report(JobPlans.Room room) throws IOException {
        BundleStore store = main.surroundings().store();
        JobPlans plans = new JobPlans(main, options, memory.prefer());
        PlanReport least = null;
        for (String name : memory.precisions(store, model).names()) {
            PlanReport report = plans.of(store.open(name), room);
            if (report.isFeasible()) {
                if (!json) {
                    memory.tellVariant(main.surroundings().err(), model, name);
                }
                return report;
            }
            least = least == null || needs(report) < needs(least) ? report : least;
        }
        return Objects.requireNonNull(least);
    }

    private static long needs(PlanReport report) {
        return report.plan().smallestBudgetBytes();
    }
}
