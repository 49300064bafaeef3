package dev.snug.cli;

import dev.snug.runtime.device.Advice;
import dev.snug.runtime.device.Provider;
import dev.snug.runtime.measure.Accelerator;
import dev.snug.runtime.measure.Accelerator.Kind;
import dev.snug.runtime.session.Placement;

import org.jspecify.annotations.Nullable;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** What {@code snug doctor} says of what could compute beside the processor. */
final class DoctorDevices {
    private DoctorDevices() {}

    /** What the loaded libraries can compute with, and what they would be used for. */
    static void addProviders(
            Map<String, @Nullable Object> findings, Placement placement, List<String> builtIn) {
        Set<String> names = new TreeSet<>(builtIn);
        names.addAll(placement.offered().plugInNames());
        findings.put("providers", List.copyOf(names));
        findings.put("provider", placement.provider().word());
        findings.put("provider_asked", placement.wish().word());
        findings.put("provider_reason", placement.reason().orElse(null));
        findings.put("plug_in_failure", placement.offered().plugInFailure().orElse(null));
    }

    /**
     * What the machine has.
     *
     * @param system Java's {@code os.name}
     */
    static void addAccelerators(
            Map<String, @Nullable Object> findings,
            List<Accelerator> accelerators,
            Set<Provider> offered,
            String system) {
        findings.put(
                "accelerators",
                accelerators.stream().map(accelerator -> json(accelerator, offered)).toList());
        findings.put("accelerators_from", from(system, offered));
    }

    /** Where they are looked for: on other systems than Linux nothing was tried. */
    private static String from(String system, Set<Provider> offered) {
        String name = system.toLowerCase(Locale.ROOT);
        if (name.startsWith("linux")) {
            return "PCI, /sys/class/drm and /sys/class/accel";
        }
        if (name.startsWith("mac")) {
            return offered.contains(Provider.COREML)
                    ? "not looked for on macOS; this library has coreml: --provider coreml (not"
                            + " measured here)"
                    : "not looked for on macOS";
        }
        return "not looked for on " + system;
    }

    private static Map<String, @Nullable Object> json(
            Accelerator accelerator, Set<Provider> offered) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("kind", word(accelerator.kind()));
        json.put("place", accelerator.place());
        json.put("maker", accelerator.maker());
        json.put("model", accelerator.model());
        json.put("driver", accelerator.driver().orElse(null));
        json.put("driver_version", accelerator.driverVersion().orElse(null));
        json.put("memory_bytes", orNull(accelerator.memoryBytes()));
        json.put("used_bytes", orNull(accelerator.usedBytes()));
        json.put("reachable", accelerator.isReachable());
        json.put("step", Advice.of(accelerator, offered));
        return json;
    }

    private static @Nullable Long orNull(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }

    private static String word(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** One accelerator as {@link #addAccelerators} wrote it, for people. */
    static String words(Map<?, ?> accelerator) {
        Object driver = accelerator.get("driver");
        Object version = accelerator.get("driver_version");
        Object memory = accelerator.get("memory_bytes");
        return "%s %s, a %s at %s, %s%s, memory %s: %s"
                .formatted(
                        accelerator.get("maker"),
                        accelerator.get("model"),
                        accelerator.get("kind"),
                        accelerator.get("place"),
                        driver == null ? "no driver" : "driver " + driver,
                        version == null ? "" : " " + version,
                        memory instanceof Long bytes
                                ? String.format(Locale.ROOT, "%.0f MiB", Mebibytes.of(bytes))
                                : "unknown",
                        accelerator.get("step"));
    }
}
