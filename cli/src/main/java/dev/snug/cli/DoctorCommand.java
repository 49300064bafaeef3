package dev.snug.cli;

import dev.snug.runtime.bundle.Listing;
import dev.snug.runtime.bundle.Origin;
import dev.snug.runtime.device.Provider;
import dev.snug.runtime.measure.CgroupMemory;
import dev.snug.runtime.measure.Machine;
import dev.snug.runtime.measure.Probe;
import dev.snug.runtime.measure.ProcessMemory;
import dev.snug.runtime.session.Engine;
import dev.snug.runtime.session.Placement;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

import tools.jackson.core.JsonGenerator;

import java.io.PrintStream;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;

/** Says what Snug found on this machine. */
@Command(
        name = "doctor",
        description =
                "Show what Snug runs on: Java, engine, processor, accelerators and the step that"
                        + " would use each, memory limits.",
        footer = {
            "",
            "Examples:",
            "  snug doctor",
            "  snug doctor --json | jq .memory",
            "  snug doctor --engine-library ~/ort-gpu --provider cuda    whether that build loads"
        })
final class DoctorCommand implements Callable<Integer> {

    @ParentCommand private Main main;

    @Option(names = "--json", description = "One JSON object.")
    private boolean json;

    @ArgGroup(validate = false, heading = "%nEngine:%n")
    private ProviderOptions provider = new ProviderOptions();

    @Override
    public Integer call() {
        Map<String, @Nullable Object> findings = findings();
        if (json) {
            JsonLines.write(
                    main.surroundings().out(),
                    generator -> findings.forEach((k, v) -> write(generator, k, v)));
        } else {
            main.surroundings().show(out -> print(out, "", findings));
        }
        return ExitCode.OK;
    }

    /**
     * Values are text, numbers, maps of the same, lists of these, or null where nothing is known.
     */
    private Map<String, @Nullable Object> findings() {
        Probe probe = Probe.ofThisMachine();
        Machine machine = probe.machine();
        Map<String, @Nullable Object> cpu = new LinkedHashMap<>();
        cpu.put("model", machine.cpuModel());
        cpu.put("architecture", machine.architecture());
        cpu.put("cores", machine.cores());
        cpu.put("instruction_set", machine.instructionSet().key());

        Map<String, @Nullable Object> findings = new LinkedHashMap<>();
        findings.put("snug_version", Version.PROGRAM.replace("snug ", ""));
        findings.put("snug_home", main.surroundings().snugHome().toString());
        findings.put("shipped_models", shipped());
        findings.put("java_home", System.getProperty("java.home"));
        findings.put("java_version", System.getProperty("java.version"));
        Placement placement = provider.placement(main.surroundings());
        findings.put("ort_version", Engine.version());
        DoctorDevices.addProviders(findings, placement, Engine.providers());
        findings.put("cpu", cpu);
        DoctorDevices.addAccelerators(
                findings,
                probe.accelerators(),
                offered(placement),
                System.getProperty("os.name", ""));
        findings.put("memory", memory(probe, machine));
        return findings;
    }

    /** Of the library, whatever was asked for, and of a plug-in. */
    private static Set<Provider> offered(Placement placement) {
        Set<Provider> offered = EnumSet.copyOf(Engine.known());
        offered.addAll(placement.offered().plugIn());
        return offered;
    }

    /** Names of the models that came with Snug and are in use; a broken one says so. */
    private List<String> shipped() {
        return main.surroundings().store().list().stream()
                .filter(listing -> listing.origin() == Origin.SHIPPED)
                .map(
                        listing ->
                                listing instanceof Listing.Broken
                                        ? listing.name() + " (broken)"
                                        : listing.name())
                .toList();
    }

    private static Map<String, @Nullable Object> memory(Probe probe, Machine machine) {
        Optional<CgroupMemory> cgroup = probe.cgroup();
        Optional<ProcessMemory> process = probe.process();
        Map<String, @Nullable Object> memory = new LinkedHashMap<>();
        memory.put("physical_bytes", orNull(machine.physicalBytes()));
        memory.put("available_bytes", orNull(machine.availableBytes()));
        memory.put("cgroup_version", cgroup.map(CgroupMemory::version).orElse(null));
        memory.put(
                "cgroup_limit_bytes",
                orNull(cgroup.map(CgroupMemory::limitBytes).orElse(OptionalLong.empty())));
        memory.put(
                "cgroup_working_set_bytes",
                orNull(cgroup.map(CgroupMemory::workingSetBytes).orElse(OptionalLong.empty())));
        memory.put("heap_limit_bytes", Runtime.getRuntime().maxMemory());
        memory.put("heap_follows", launcher("follows"));
        String followed = launcher("limit");
        memory.put("followed_limit_bytes", followed == null ? null : Long.valueOf(followed));
        memory.put("rss_bytes", process.map(ProcessMemory::rssBytes).orElse(null));
        memory.put("peak_rss_bytes", orNull(probe.peakBytes()));
        return memory;
    }

    /**
     * What the launcher says of the heap that it chose: what it {@code follows}, and the {@code
     * limit} of that in bytes. Null where it found nothing, as in a process that it did not start.
     */
    private static @Nullable String launcher(String name) {
        String said = System.getProperty("snug.heap." + name, "");
        return said.isEmpty() ? null : said;
    }

    private static @Nullable Long orNull(OptionalLong value) {
        return value.isPresent() ? value.getAsLong() : null;
    }

    private static void write(JsonGenerator json, String key, @Nullable Object value) {
        json.writeName(key);
        write(json, value);
    }

    private static void write(JsonGenerator json, @Nullable Object value) {
        switch (value) {
            case null -> json.writeNull();
            case Boolean flag -> json.writeBoolean(flag);
            case Integer number -> json.writeNumber(number);
            case Long number -> json.writeNumber(number);
            case List<?> list -> {
                json.writeStartArray();
                list.forEach(item -> write(json, item));
                json.writeEndArray();
            }
            case Map<?, ?> map -> {
                json.writeStartObject();
                map.forEach((k, v) -> write(json, String.valueOf(k), v));
                json.writeEndObject();
            }
            default -> json.writeString(value.toString());
        }
    }

    private static void print(PrintStream out, String prefix, Map<?, ?> findings) {
        findings.forEach(
                (key, value) -> {
                    if (value instanceof Map<?, ?> map) {
                        print(out, key + " ", map);
                    } else if (value instanceof List<?> list && key.equals("accelerators")) {
                        list.forEach(
                                item ->
                                        out.printf(
                                                "%-26s %s%n",
                                                "accelerator",
                                                DoctorDevices.words((Map<?, ?>) item)));
                    } else {
                        out.printf(
                                "%-26s %s%n",
                                (prefix + key).replace('_', ' ').replace(" bytes", ""),
                                readable(String.valueOf(key), value));
                    }
                });
    }

    private static String readable(String key, @Nullable Object value) {
        return switch (value) {
            case null -> "none";
            case Long bytes when key.endsWith("_bytes") ->
                    String.format(Locale.ROOT, "%.0f MiB", Mebibytes.of(bytes));
            default -> value.toString();
        };
    }
}
