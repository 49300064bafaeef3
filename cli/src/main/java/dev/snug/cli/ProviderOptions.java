package dev.snug.cli;

import dev.snug.runtime.device.ProviderWish;
import dev.snug.runtime.session.Placement;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.util.Iterator;
import java.util.Locale;

/** The options that say what computes; each is also a variable, which an option overrules. */
final class ProviderOptions {
    @Option(
            names = ProviderWish.OPTION,
            paramLabel = "WORD",
            completionCandidates = Words.class,
            description = {
                "What computes: ${COMPLETION-CANDIDATES}. auto takes what works, and the processor"
                        + " where that fails, saying why; the others are obeyed or refused."
                        + " Default: SNUG_PROVIDER, else cpu, else auto where a library is named."
                        + " Only cpu was measured."
            })
    private @Nullable String provider;

    @Option(
            names = ProviderWish.ENGINE_LIBRARY,
            paramLabel = "FOLDER",
            description =
                    "Another build of ONNX Runtime, such as one for a GPU, of the version that"
                        + " `snug doctor` names. Default: SNUG_ENGINE_LIBRARY, else Snug's own.")
    private @Nullable String engineLibrary;

    @Option(
            names = ProviderWish.PROVIDER_LIBRARY,
            paramLabel = "FILE",
            description =
                    "A plug-in that brings a provider; it is code that Snug then runs. Default:"
                            + " SNUG_PROVIDER_LIBRARY, else none.")
    private @Nullable String providerLibrary;

    @Option(
            names = ProviderWish.DEVICE_MEMORY,
            paramLabel = "SIZE",
            description =
                    "The most memory to take on a device, beside --memory. Default:"
                            + " SNUG_DEVICE_MEMORY, else unbounded.")
    private @Nullable String deviceMemory;

    /** The words, for help and completion. */
    static final class Words implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return ProviderWish.words().iterator();
        }
    }

    /**
     * What was said.
     *
     * @throws IllegalArgumentException when it is not of its form or contradicts itself
     */
    ProviderWish wish(Surroundings surroundings) {
        return ProviderWish.of(
                said(provider, ProviderWish.OPTION, surroundings),
                said(engineLibrary, ProviderWish.ENGINE_LIBRARY, surroundings),
                said(providerLibrary, ProviderWish.PROVIDER_LIBRARY, surroundings),
                said(deviceMemory, ProviderWish.DEVICE_MEMORY, surroundings));
    }

    private static @Nullable String said(
            @Nullable String option, String name, Surroundings surroundings) {
        String variable = "SNUG" + name.substring(1).toUpperCase(Locale.ROOT).replace('-', '_');
        return option != null ? option : surroundings.variable(variable);
    }

    /**
     * Where the process computes.
     *
     * @throws dev.snug.runtime.device.ProviderException when what was named cannot be used
     */
    Placement placement(Surroundings surroundings) {
        return Placement.of(wish(surroundings));
    }
}
