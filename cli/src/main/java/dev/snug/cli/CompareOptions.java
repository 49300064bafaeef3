package dev.snug.cli;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/** How cases are answered: the same for both models that are compared. */
final class CompareOptions extends PatientOptions {
    @Option(
            names = "--picture-size",
            paramLabel = "PIXELS",
            description = "Pictures: side of the models' input, where they have several.")
    private @Nullable Integer pictureSize;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads of the engine, 0 for one per core. Default: the plan's.")
    private @Nullable Integer threads;

    @Option(
            names = "--voice",
            paramLabel = "NAME",
            description = "Sentences: the voice. Default: of the first model's, the seed's.")
    private @Nullable String voice;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "Sentences: picks noise and voice. Default: 9527.")
    private long seed = SamplingOptions.SEED;

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "Sentences: steps from noise to speech. Default: each model's own.")
    private @Nullable Integer steps;

    OptionalInt pictureSize() {
        return whole(pictureSize);
    }

    OptionalInt threads() {
        return whole(threads);
    }

    @Nullable String voice() {
        return voice;
    }

    long seed() {
        return seed;
    }

    OptionalInt steps() {
        return whole(steps);
    }

    private static OptionalInt whole(@Nullable Integer value) {
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }

    /**
     * The same options again, for a command that is started.
     *
     * @param spokenIn the voice where none was named; null for none
     */
    List<String> arguments(@Nullable String spokenIn) {
        List<String> arguments = new ArrayList<>(patientArguments());
        pictureSize().ifPresent(side -> arguments.add("--picture-size=" + side));
        threads().ifPresent(count -> arguments.add("--threads=" + count));
        steps().ifPresent(count -> arguments.add("--steps=" + count));
        String named = voice == null ? spokenIn : voice;
        if (named != null) {
            arguments.add("--voice=" + named);
        }
        arguments.add("--seed=" + seed);
        return arguments;
    }
}
