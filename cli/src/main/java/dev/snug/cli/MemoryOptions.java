package dev.snug.cli;

import dev.snug.onnx.quantize.Precision;
import dev.snug.runtime.budget.MemorySize;
import dev.snug.runtime.bundle.BundleStore;
import dev.snug.runtime.job.Precisions;
import dev.snug.runtime.limit.MemoryFacts;
import dev.snug.runtime.limit.MemoryLimit;
import dev.snug.runtime.plan.Prefer;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.io.PrintStream;
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

    @Option(
            names = "--precision",
            paramLabel = "WORD",
            converter = PrecisionConverter.class,
            completionCandidates = PrecisionConverter.Words.class,
            description =
                    "How the weights are stored: fp32, fp16, int8, int4 or dynamic-int8, where"
                            + " `snug quantize` made it. Default: as imported, and what is smaller"
                            + " only where that does not fit.")
    private @Nullable Precision precision;

    Prefer prefer() {
        return prefer;
    }

    /** The variants of {@code model} that may do the job. */
    Precisions precisions(BundleStore store, String model) {
        return Precisions.of(store, model, Optional.ofNullable(precision), prefer);
    }

    /** Says which variant answers, where the user named another one, and why. */
    void tellVariant(PrintStream err, String named, String chosen) {
        if (precision == null && !named.equals(chosen)) {
            boolean isSooner = prefer == Prefer.SPEED;
            err.println(
                    "snug: %s answers in place of %s, which %s; what that costs: snug models --verbose"
                            .formatted(
                                    chosen,
                                    named,
                                    isSooner ? "takes longer" : "does not fit the limit"));
        }
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
