package dev.snug.cli;

import dev.snug.runtime.budget.MemorySize;
import dev.snug.runtime.limit.MemoryFacts;
import dev.snug.runtime.limit.MemoryLimit;
import dev.snug.runtime.plan.Prefer;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.util.Optional;

/** The options that bound memory. */
final class MemoryOptions {
    @Option(
            names = MemoryLimit.OPTION,
            paramLabel = "SIZE",
            description = {
                "The most memory to take, such as 512MiB: settings that you leave open follow it,"
                    + " and what cannot fit is refused before anything is loaded (exit code 3)."
                    + " Default: SNUG_MEMORY, else the control group's limit, else half of what the"
                    + " machine has available."
            })
    private @Nullable String memory;

    @Option(
            names = "--prefer",
            paramLabel = "WHAT",
            description =
                    "What is given up last where memory is short: quality, speed or balanced"
                            + " (default).")
    private Prefer prefer = Prefer.BALANCED;

    Prefer prefer() {
        return prefer;
    }

    /**
     * What is asked for by option or variable, for another machine than this one; empty when nobody
     * asks.
     *
     * @throws IllegalArgumentException when it is no memory size
     */
    Optional<MemorySize> asked(Surroundings surroundings) {
        String text = memory != null ? memory : surroundings.variable(MemoryLimit.VARIABLE);
        return Optional.ofNullable(text).map(MemorySize::parse);
    }

    /**
     * The limit of this process.
     *
     * @throws dev.snug.runtime.limit.LimitException when more is asked for than there is
     */
    MemoryLimit limit(Surroundings surroundings) {
        return MemoryLimit.decide(
                Optional.ofNullable(memory),
                Optional.ofNullable(surroundings.variable(MemoryLimit.VARIABLE)),
                MemoryFacts.ofThisMachine());
    }
}
