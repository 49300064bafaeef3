package dev.snug.runtime.measure;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Memory of the control group that this process is in, in bytes, from the interface of version 1 or
 * 2 (kernel documentation, admin-guide/cgroup-v1/memory and admin-guide/cgroup-v2). It covers all
 * processes of the group and the page cache charged to it.
 *
 * @param version of the interface, 1 or 2
 * @param folder the group's folder, for messages
 * @param limitBytes the smallest limit of the group and all groups around it; empty when none is
 *     limited
 * @param currentBytes what is charged to the group now, with page cache
 * @param inactiveFileBytes of this, page cache that was not used lately, given up before anything
 *     else
 * @param peakBytes the most that was ever charged; empty before Linux 5.19 with version 2
 * @param oomKills processes of the group that were killed for memory
 * @param limitHits how often the limit was reached and pages had to be given up: {@code failcnt},
 *     or {@code max} of {@code memory.events}
 */
public record CgroupMemory(
        int version,
        String folder,
        OptionalLong limitBytes,
        OptionalLong currentBytes,
        OptionalLong inactiveFileBytes,
        OptionalLong peakBytes,
        OptionalLong oomKills,
        OptionalLong limitHits) {

    /**
     * From here on a limit of version 1 is none: the kernel writes the largest multiple of the page
     * size below 2<sup>63</sup>, which depends on the page size.
     */
    private static final long NO_LIMIT_BYTES = 1L << 62;

    /**
     * What the group cannot give up cheaply: current − inactive file pages, ≥ 0. This is what is to
     * be compared with the limit; {@code currentBytes} alone grows to it by reading files.
     */
    public OptionalLong workingSetBytes() {
        return currentBytes.isPresent() && inactiveFileBytes.isPresent()
                ? OptionalLong.of(
                        Math.max(0, currentBytes.getAsLong() - inactiveFileBytes.getAsLong()))
                : OptionalLong.empty();
    }

    /** The group of this process; empty where none has a memory controller. */
    static Optional<CgroupMemory> read(KernelFiles files) {
        return CgroupMount.memory(files).flatMap(mount -> read(files, mount));
    }

    /** The group at {@code mount}, for who looks again and again. */
    static Optional<CgroupMemory> read(KernelFiles files, CgroupMount mount) {
        return Optional.of(mount.version() == 1 ? readV1(files, mount) : readV2(files, mount))
                .filter(memory -> memory.limitBytes.isPresent() || memory.currentBytes.isPresent());
    }

    private static CgroupMemory readV1(KernelFiles files, CgroupMount mount) {
        String folder = mount.folder();
        Map<String, Long> stat = files.figures(folder + "/memory.stat");
        OptionalLong limit = limit(files, mount, "memory.limit_in_bytes");
        // Names the limit of groups above the mount point as well, which a container cannot see.
        OptionalLong hierarchical = figure(stat, "hierarchical_memory_limit");
        OptionalLong withChildren = figure(stat, "total_inactive_file");
        return new CgroupMemory(
                1,
                folder,
                smaller(limit, limited(hierarchical)),
                files.number(folder + "/memory.usage_in_bytes"),
                withChildren.isPresent() ? withChildren : figure(stat, "inactive_file"),
                files.number(folder + "/memory.max_usage_in_bytes"),
                figure(files.figures(folder + "/memory.oom_control"), "oom_kill"),
                files.number(folder + "/memory.failcnt"));
    }

    private static CgroupMemory readV2(KernelFiles files, CgroupMount mount) {
        String folder = mount.folder();
        Map<String, Long> events = files.figures(folder + "/memory.events");
        return new CgroupMemory(
                2,
                folder,
                limit(files, mount, "memory.max"),
                files.number(folder + "/memory.current"),
                figure(files.figures(folder + "/memory.stat"), "inactive_file"),
                files.number(folder + "/memory.peak"),
                figure(events, "oom_kill"),
                figure(events, "max"));
    }

    /** The smallest limit from the group up to the mount point. */
    private static OptionalLong limit(KernelFiles files, CgroupMount mount, String file) {
        OptionalLong smallest = OptionalLong.empty();
        for (String folder : mount.upwards()) {
            smallest = smaller(smallest, limited(files.number(folder + "/" + file)));
        }
        return smallest;
    }

    /** {@code limit} unless it is the kernel's way to say that there is none. */
    static OptionalLong limited(OptionalLong limit) {
        return limit.isPresent() && limit.getAsLong() >= NO_LIMIT_BYTES
                ? OptionalLong.empty()
                : limit;
    }

    private static OptionalLong smaller(OptionalLong a, OptionalLong b) {
        if (a.isEmpty() || b.isEmpty()) {
            return a.isEmpty() ? b : a;
        }
        return a.getAsLong() <= b.getAsLong() ? a : b;
    }

    /** The figure under {@code key}; empty when the kernel does not tell it. */
    static OptionalLong figure(Map<String, Long> figures, String key) {
        Long figure = figures.get(key);
        return figure == null ? OptionalLong.empty() : OptionalLong.of(figure);
    }
}
