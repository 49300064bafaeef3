package dev.snug.cli;

import dev.snug.runtime.budget.MemorySize;
import dev.snug.runtime.plan.Cost;
import dev.snug.runtime.plan.Demand;
import dev.snug.runtime.session.Placement;

import tools.jackson.core.JsonGenerator;

import java.io.PrintStream;
import java.util.Locale;
import java.util.OptionalLong;

/**
 * What a plan says of a device that would compute, beside the process's own memory, which is
 * planned as if the processor did. Nothing of it was measured on a device.
 *
 * @param provider that would compute, as people write it
 * @param hasMemory whether it holds weights and activations in memory that is not the process's
 * @param isAuto whether the processor takes over where the device is too small
 * @param limitBytes of {@code --device-memory}; empty where nothing bounds it
 */
record DevicePlan(String provider, boolean hasMemory, boolean isAuto, OptionalLong limitBytes) {

    /** For a placement that is not the processor. */
    static DevicePlan of(Placement placement) {
        return new DevicePlan(
                placement.provider().word(),
                placement.hasDeviceMemory(),
                placement.wish().isAuto(),
                placement.wish().deviceMemory().stream().mapToLong(MemorySize::bytes).findFirst());
    }

    /** The most of a stage: they come one after the other. */
    private static long mostBytes(Cost cost) {
        return cost.demands().stream().mapToLong(Demand::deviceBytes).max().orElse(0);
    }

    private boolean fits(Cost cost) {
        return !hasMemory || limitBytes.isEmpty() || mostBytes(cost) <= limitBytes.getAsLong();
    }

    /** Whether the job would be refused for the device's sake. */
    boolean isRefused(Cost cost) {
        return !isAuto && !fits(cost);
    }

    void print(PrintStream out, Cost cost) {
        if (!hasMemory) {
            out.printf(
                    "Computed with %s, in the process's own memory; not measured here.%n%n",
                    provider);
            return;
        }
        out.printf(
                "On the device with %s, beside the process's memory; not measured here:%n",
                provider);
        out.printf("%-14s %9s%n", "STAGE", "MiB");
        for (Demand demand : cost.demands()) {
            out.printf(
                    Locale.ROOT,
                    "%-14s %9.1f%n",
                    demand.stage(),
                    Mebibytes.of(demand.deviceBytes()));
        }
        out.println(bound(cost));
        out.println();
    }

    private String bound(Cost cost) {
        double most = Mebibytes.of(mostBytes(cost));
        if (limitBytes.isEmpty()) {
            return String.format(
                    Locale.ROOT,
                    "At most %.1f MiB there at once; without --device-memory nothing bounds it.",
                    most);
        }
        double limit = Mebibytes.of(limitBytes.getAsLong());
        if (fits(cost)) {
            return String.format(
                    Locale.ROOT,
                    "At most %.1f MiB there at once; --device-memory allows %.1f.",
                    most,
                    limit);
        }
        return String.format(
                Locale.ROOT,
                isAuto
                        ? "%.1f MiB there at once are more than --device-memory allows, %.1f: the"
                                + " processor takes over."
                        : "%.1f MiB there at once are more than --device-memory allows, %.1f: it"
                                + " is refused.",
                most,
                limit);
    }

    /** The same for programs: one object. */
    void write(JsonGenerator json, Cost cost) {
        json.writeObjectPropertyStart("device");
        json.writeStringProperty("provider", provider);
        json.writeBooleanProperty("own_memory", hasMemory);
        json.writeBooleanProperty("measured", false);
        if (hasMemory) {
            json.writeBooleanProperty("fits", fits(cost));
            json.writeNumberProperty("peak_bytes", mostBytes(cost));
            json.writeArrayPropertyStart("stages");
            for (Demand demand : cost.demands()) {
                json.writeStartObject();
                json.writeStringProperty("stage", demand.stage());
                json.writeNumberProperty("bytes", demand.deviceBytes());
                json.writeEndObject();
            }
            json.writeEndArray();
        }
        if (hasMemory && limitBytes.isPresent()) {
            json.writeNumberProperty("limit_bytes", limitBytes.getAsLong());
        }
        json.writeEndObject();
    }
}
