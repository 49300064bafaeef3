package dev.snug.runtime.device;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What the loaded ONNX Runtime and a plug-in say they can compute with.
 *
 * @param builtIn providers of the library itself
 * @param plugIn known providers that the plug-in brings a device for
 * @param plugInNames what the plug-in's providers call themselves, known or not
 * @param plugInFailure why the plug-in brings nothing; empty where it brings something, or none was
 *     named
 */
public record Offered(
        Set<Provider> builtIn,
        Set<Provider> plugIn,
        Set<String> plugInNames,
        Optional<String> plugInFailure) {
    public Offered {
        builtIn = Set.copyOf(builtIn);
        plugIn = Set.copyOf(plugIn);
        plugInNames = Set.copyOf(plugInNames);
    }

    /** A library alone. */
    public static Offered builtIn(Set<Provider> builtIn) {
        return new Offered(builtIn, Set.of(), Set.of(), Optional.empty());
    }

    /** Those of both. */
    public Set<Provider> all() {
        EnumSet<Provider> all = EnumSet.noneOf(Provider.class);
        all.addAll(builtIn);
        all.addAll(plugIn);
        return all;
    }
}
