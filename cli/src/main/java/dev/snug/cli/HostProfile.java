package dev.snug.cli;

import dev.snug.runtime.budget.MemorySize;
import dev.snug.runtime.limit.MemoryLimit;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A machine that people have or rent, as far as a plan needs to know it.
 *
 * @param name as {@code snug fit} takes it
 * @param title what it is
 * @param memoryBytes of it
 * @param cores that it has; 1 where it is a share of one
 * @param isContainer whether the memory is a hard limit around the program alone; else the system
 *     and its page cache live in it too
 */
record HostProfile(String name, String title, long memoryBytes, int cores, boolean isContainer) {
    private static final long MIB = 1 << 20;
    private static final long GIB = 1 << 30;

    /** What a machine of its own leaves to Snug where nobody says how much: half. */
    private static final int MACHINE_SHARE = 2;

    /** Sizes as their makers and hosts publish them. */
    static final List<HostProfile> KNOWN =
            List.of(
                    new HostProfile("render-free", "Render, free instance", 512 * MIB, 1, true),
                    new HostProfile("koyeb-free", "Koyeb, free instance", 512 * MIB, 1, true),
                    new HostProfile("heroku-basic", "Heroku, basic dyno", 512 * MIB, 1, true),
                    new HostProfile("fly-256", "Fly.io, shared-cpu-1x", 256 * MIB, 1, true),
                    new HostProfile("fly-512", "Fly.io, shared-cpu-1x", 512 * MIB, 1, true),
                    new HostProfile("vps-1g", "a rented machine of 1 GB", GIB, 1, false),
                    new HostProfile("pi-zero-2", "Raspberry Pi Zero 2 W", 512 * MIB, 4, false),
                    new HostProfile("pi3", "Raspberry Pi 3 B", GIB, 4, false),
                    new HostProfile("pi4-1g", "Raspberry Pi 4 B, 1 GB", GIB, 4, false),
                    new HostProfile("pi4-2g", "Raspberry Pi 4 B, 2 GB", 2 * GIB, 4, false),
                    new HostProfile("pi4", "Raspberry Pi 4 B, 4 GB", 4 * GIB, 4, false),
                    new HostProfile("pi5", "Raspberry Pi 5, 8 GB", 8 * GIB, 4, false));

    /** A size that the user names: a hard limit, with the cores of this machine. */
    private static HostProfile ofSize(String text, int cores) {
        long bytes = MemorySize.parse(text).bytes();
        return new HostProfile(text.strip(), "a limit of " + text.strip(), bytes, cores, true);
    }

    /**
     * The host called {@code text}, or a limit of that size.
     *
     * @param cores of this machine
     * @throws UsageException when it is neither; lists the hosts
     */
    static HostProfile parse(String text, int cores) {
        String name = text.strip().toLowerCase(Locale.ROOT);
        Optional<HostProfile> known =
                KNOWN.stream().filter(host -> host.name().equals(name)).findFirst();
        if (known.isPresent()) {
            return known.get();
        }
        if (!name.isEmpty() && Character.isDigit(name.charAt(0))) {
            return ofSize(text, cores);
        }
        throw new UsageException(
                "no host is called %s; say a size such as 512MB, or one of: %s"
                        .formatted(
                                text,
                                KNOWN.stream()
                                        .map(HostProfile::name)
                                        .collect(Collectors.joining(", "))));
    }

    /** What Snug may take there. */
    MemoryLimit limit() {
        return isContainer
                ? new MemoryLimit(memoryBytes, MemoryLimit.Origin.CONTROL_GROUP, title)
                : new MemoryLimit(
                        memoryBytes / MACHINE_SHARE,
                        MemoryLimit.Origin.MACHINE,
                        "half of " + title + ": the system has the rest");
    }
}
