package dev.snug.cli;

import dev.snug.cli.EngineOptions.Switch;
import dev.snug.runtime.session.SessionSettings;
import dev.snug.runtime.session.SessionSettings.Optimization;
import dev.snug.vision.plan.EngineWish;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

import java.util.Optional;
import java.util.OptionalInt;

/** The options that say how the engine looks at pictures. */
final class PictureEngineOptions {
    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads of the engine, 0 for one per core; default: 1.")
    private @Nullable Integer threads;

    @Option(
            names = "--inter-op-threads",
            paramLabel = "N",
            description = "Operators at once, 0 for one per core. Default: 1.")
    private int interOpThreads = SessionSettings.MAPPED.interOpThreads();

    @Option(
            names = "--arena",
            paramLabel = "on|off",
            description =
                    "Keep what a picture frees for the next one. Default: on for several pictures.")
    private @Nullable Switch arena;

    @Option(
            names = "--optimization",
            paramLabel = "LEVEL",
            description = {
                "Rewriting of graphs at load: basic, extended, all. Default: none, because the"
                        + " model was rewritten for this machine once."
            })
    private Optimization optimization = Optimization.NONE;

    @Option(
            names = "--spinning",
            paramLabel = "on|off",
            description = "Let idle threads burn CPU to go on sooner. Default: off.")
    private Switch spinning = Switch.OFF;

    @ArgGroup(validate = false)
    private ProviderOptions provider = new ProviderOptions();

    OptionalInt threads() {
        return threads == null ? OptionalInt.empty() : OptionalInt.of(threads);
    }

    /**
     * What was said of the rest.
     *
     * @throws dev.snug.runtime.device.ProviderException when a provider or library that was named
     *     cannot be used
     */
    EngineWish wish(Surroundings surroundings) {
        return new EngineWish(
                Optional.ofNullable(arena).map(how -> how == Switch.ON),
                new SessionSettings(
                        SessionSettings.THREADS_DEFAULT,
                        interOpThreads,
                        optimization,
                        true,
                        false,
                        spinning == Switch.ON,
                        provider.placement(surroundings)));
    }
}
