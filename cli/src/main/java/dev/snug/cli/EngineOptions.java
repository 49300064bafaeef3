package dev.snug.cli;

import dev.snug.runtime.session.SessionSettings;
import dev.snug.runtime.session.SessionSettings.Optimization;
import dev.snug.speech.plan.EngineWish;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

import java.util.Optional;
import java.util.OptionalInt;

/** The options that say how the engine computes. */
final class EngineOptions {
    /** Two words that read better than true and false. */
    enum Switch {
        ON,
        OFF
    }

    /** What becomes of weights at load. */
    enum Weights {
        MAPPED,
        PREPACKED
    }

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads of one operator, 0 for one per core; default.")
    private @Nullable Integer threads;

    @Option(
            names = "--inter-op-threads",
            paramLabel = "N",
            description = "Operators at once, 0 for one per core. Default: 1.")
    private int interOpThreads = SessionSettings.MAPPED.interOpThreads();

    @Option(
            names = "--weights",
            paramLabel = "HOW",
            description = {
                "mapped: pages of the file, which the system can drop. prepacked: copied into a"
                    + " faster layout, which takes as much memory again. The plan prefers mapped."
            })
    private @Nullable Weights weights;

    @Option(
            names = "--arena",
            paramLabel = "on|off",
            description = {
                "Keep the memory of a step for the next one: a fifth faster, some 30 MiB more."
                        + " The plan prefers on."
            })
    private @Nullable Switch arena;

    /** What becomes of networks between chunks. */
    enum Stages {
        SWAPPED,
        KEPT
    }

    @Option(
            names = "--stages",
            paramLabel = "HOW",
            description = {
                "swapped: one network in memory at a time, loaded again for each chunk. kept: all"
                        + " from the first chunk to the last. The plan keeps those of a small model"
                        + " where there is room."
            })
    private @Nullable Stages stages;

    @Option(
            names = "--optimization",
            paramLabel = "LEVEL",
            description = "Rewriting of graphs at load: none, basic, extended, all. Default: none.")
    private @Nullable Optimization optimization;

    @Option(
            names = "--spinning",
            paramLabel = "on|off",
            description = "Let idle threads burn CPU to go on sooner. Default: off.")
    private Switch spinning = Switch.OFF;

    @ArgGroup(validate = false)
    private ProviderOptions provider = new ProviderOptions();

    /**
     * What was said; the plan chooses the rest.
     *
     * @throws dev.snug.runtime.device.ProviderException when a provider or library that was named
     *     cannot be used
     */
    EngineWish wish(Surroundings surroundings) {
        SessionSettings rest =
                new SessionSettings(
                        threads == null ? 0 : threads,
                        interOpThreads,
                        Optimization.NONE,
                        true,
                        true,
                        spinning == Switch.ON,
                        provider.placement(surroundings));
        return new EngineWish(
                threads == null ? OptionalInt.empty() : OptionalInt.of(threads),
                Optional.ofNullable(weights).map(how -> how == Weights.MAPPED),
                Optional.ofNullable(arena).map(how -> how == Switch.ON),
                Optional.ofNullable(optimization),
                Optional.ofNullable(stages).map(how -> how == Stages.KEPT),
                rest,
                Runtime.getRuntime().availableProcessors());
    }
}
