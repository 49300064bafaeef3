package dev.snug.runtime.session;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtEpDevice;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtHardwareDevice.OrtHardwareDeviceType;

import dev.snug.runtime.device.Offered;
import dev.snug.runtime.device.Provider;
import dev.snug.runtime.device.ProviderException;
import dev.snug.runtime.device.ProviderWish;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A library that brings execution providers to the loaded ONNX Runtime (its plug-in interface, 1.22
 * and later), and the devices that it found. It stays for the process's life.
 *
 * @param devices of known providers; of several devices of one, a GPU before an NPU before the
 *     processor
 * @param names what all of its providers call themselves
 * @param failure why it brings nothing that can be used
 */
record PlugIn(Map<Provider, OrtEpDevice> devices, Set<String> names, Optional<String> failure) {
    /** No plug-in. */
    static final PlugIn NONE = new PlugIn(Map.of(), Set.of(), Optional.empty());

    /** Those that were registered, by file: a second registration is an error of ONNX Runtime. */
    private static final Map<Path, PlugIn> REGISTERED = new LinkedHashMap<>();

    /**
     * The plug-in in {@code file}, which is code that the process then runs. One that cannot be
     * loaded, or finds no device, has a {@link #failure}.
     *
     * @throws ProviderException when there is no such file
     */
    static synchronized PlugIn of(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        if (!Files.isRegularFile(absolute)) {
            throw new ProviderException(
                    "%s %s: there is no such file".formatted(ProviderWish.PROVIDER_LIBRARY, file));
        }
        PlugIn known = REGISTERED.get(absolute);
        if (known != null) {
            return known;
        }
        OrtEnvironment environment = Engine.environment();
        try {
            int before = environment.getEpDevices().size();
            environment.registerExecutionProviderLibrary(
                    "snug-" + (REGISTERED.size() + 1), absolute.toString());
            List<OrtEpDevice> all = environment.getEpDevices();
            PlugIn made = of(file, all.subList(before, all.size()));
            REGISTERED.put(absolute, made);
            return made;
        } catch (OrtException e) {
            return new PlugIn(
                    Map.of(),
                    Set.of(),
                    Optional.of(
                            "the plug-in %s cannot be loaded: %s"
                                    .formatted(file, Engine.reason(e))));
        }
    }

    private static PlugIn of(Path file, List<OrtEpDevice> brought) {
        Map<Provider, OrtEpDevice> devices = new EnumMap<>(Provider.class);
        Set<String> names = new TreeSet<>();
        brought.stream()
                .sorted(Comparator.comparingInt(device -> rank(device.getDevice().getType())))
                .forEach(
                        device -> {
                            names.add(device.getEpName());
                            Provider.ofEngineName(device.getEpName())
                                    .ifPresent(known -> devices.putIfAbsent(known, device));
                        });
        Optional<String> failure = Optional.empty();
        if (names.isEmpty()) {
            failure =
                    Optional.of(
                            "the plug-in %s was loaded and finds no device that it can use"
                                    .formatted(file));
        } else if (devices.isEmpty()) {
            failure =
                    Optional.of(
                            "the plug-in %s brings %s, which Snug has no name for"
                                    .formatted(file, String.join(", ", names)));
        }
        return new PlugIn(devices, names, failure);
    }

    private static int rank(OrtHardwareDeviceType type) {
        return switch (type) {
            case GPU -> 0;
            case NPU -> 1;
            case CPU -> 2;
        };
    }

    /** Whether its device for {@code provider} is the processor. */
    boolean isOnProcessor(Provider provider) {
        OrtEpDevice device = devices.get(provider);
        return device != null && device.getDevice().getType() == OrtHardwareDeviceType.CPU;
    }

    /** What it and a library with {@code builtIn} offer. */
    Offered beside(Set<Provider> builtIn) {
        return new Offered(builtIn, devices.keySet(), names, failure);
    }
}
