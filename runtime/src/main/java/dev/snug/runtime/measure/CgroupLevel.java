package dev.snug.runtime.measure;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * One of the control groups that this process is in, from its own up to the outermost that is to be
 * seen, in bytes. Each has neighbours of its own inside it, so the tightest is not always the one
 * with the smallest limit.
 *
 * @param folder the group's folder, for messages
 * @param limitBytes its own limit ({@code memory.limit_in_bytes}, {@code memory.max}); the
 *     outermost one's also stands for groups around it that a container cannot see
 * @param highBytes where the kernel begins to slow its processes down and takes pages back ({@code
 *     memory.high}); told by version 2 only
 * @param highHits how often processes of it, or of the groups in it, were slowed down so
 * @param currentBytes what is charged to it and the groups in it, with page cache
 * @param inactiveFileBytes of this, page cache that was not used lately
 * @param activeFileBytes of this, page cache that was
 */
public record CgroupLevel(
        String folder,
        OptionalLong limitBytes,
        OptionalLong highBytes,
        OptionalLong highHits,
        OptionalLong currentBytes,
        OptionalLong inactiveFileBytes,
        OptionalLong activeFileBytes) {

    /** The groups from the innermost outwards; empty where there is no memory controller. */
    static List<CgroupLevel> read(KernelFiles files) {
        return CgroupMount.memory(files).map(mount -> read(files, mount)).orElse(List.of());
    }

    private static List<CgroupLevel> read(KernelFiles files, CgroupMount mount) {
        List<CgroupLevel> levels = new ArrayList<>();
        List<String> folders = mount.upwards();
        for (String folder : folders) {
            levels.add(mount.version() == 1 ? readV1(files, folder) : readV2(files, folder));
        }
        if (mount.version() == 1) {
            // Names the smallest limit of all groups around, those above the mount point as well.
            OptionalLong smallest =
                    CgroupMemory.limited(
                            CgroupMemory.figure(
                                    files.figures(mount.folder() + "/memory.stat"),
                                    "hierarchical_memory_limit"));
            boolean seen = levels.stream().anyMatch(level -> isAtMost(level.limitBytes, smallest));
            if (smallest.isPresent() && !seen) {
                levels.set(levels.size() - 1, levels.getLast().limitedTo(smallest));
            }
        }
        return List.copyOf(levels);
    }

    private static CgroupLevel readV1(KernelFiles files, String folder) {
        Map<String, Long> stat = files.figures(folder + "/memory.stat");
        return new CgroupLevel(
                folder,
                CgroupMemory.limited(files.number(folder + "/memory.limit_in_bytes")),
                OptionalLong.empty(),
                OptionalLong.empty(),
                files.number(folder + "/memory.usage_in_bytes"),
                withChildren(stat, "inactive_file"),
                withChildren(stat, "active_file"));
    }

    private static CgroupLevel readV2(KernelFiles files, String folder) {
        Map<String, Long> stat = files.figures(folder + "/memory.stat");
        return new CgroupLevel(
                folder,
                CgroupMemory.limited(files.number(folder + "/memory.max")),
                CgroupMemory.limited(files.number(folder + "/memory.high")),
                CgroupMemory.figure(files.figures(folder + "/memory.events"), "high"),
                files.number(folder + "/memory.current"),
                CgroupMemory.figure(stat, "inactive_file"),
                CgroupMemory.figure(stat, "active_file"));
    }

    /** The figure of a group of version 1 with the groups in it, or its own where only that is. */
    private static OptionalLong withChildren(Map<String, Long> stat, String key) {
        OptionalLong total = CgroupMemory.figure(stat, "total_" + key);
        return total.isPresent() ? total : CgroupMemory.figure(stat, key);
    }

    private static boolean isAtMost(OptionalLong limit, OptionalLong bytes) {
        return limit.isPresent() && bytes.isPresent() && limit.getAsLong() <= bytes.getAsLong();
    }

    private CgroupLevel limitedTo(OptionalLong limit) {
        return new CgroupLevel(
                folder,
                limit,
                highBytes,
                highHits,
                currentBytes,
                inactiveFileBytes,
                activeFileBytes);
    }
}
