package dev.snug.runtime.limit;

import dev.snug.runtime.budget.MemorySize;
import dev.snug.runtime.measure.CgroupLevel;

import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/**
 * What a control group with a limit leaves to this process, in bytes.
 *
 * @param folder of the group
 * @param limitBytes its limit, smaller than the machine
 * @param othersBytes what the other processes in it cannot give up; empty where the kernel does not
 *     tell, and then counted as nothing
 */
record Room(String folder, long limitBytes, OptionalLong othersBytes) {
    /** The smallest room of all groups around this process; empty when none limits it. */
    static Optional<Room> tightest(MemoryFacts facts) {
        return facts.groups().stream()
                .filter(group -> group.limitBytes().orElse(Long.MAX_VALUE) < facts.physicalBytes())
                .map(group -> of(group, facts))
                .min(Comparator.comparingLong(Room::bytes));
    }

    /**
     * The most that this process and its workers could hold at this moment: what the machine can
     * give, and each group up to where it stops or slows its processes down. Empty where nothing is
     * told.
     *
     * @param workersBytes what the workers of this process hold now, which are no neighbours
     */
    static OptionalLong now(MemoryFacts facts, long workersBytes) {
        LongStream machine =
                facts.availableBytes().stream()
                        .map(available -> available + facts.ownStayingBytes() + workersBytes);
        LongStream groups =
                facts.groups().stream()
                        .filter(group -> mostBytes(group) != Long.MAX_VALUE)
                        .mapToLong(
                                group -> {
                                    long others = othersBytes(group, facts).orElse(workersBytes);
                                    return mostBytes(group) - Math.max(0, others - workersBytes);
                                });
        return LongStream.concat(machine, groups).map(bytes -> Math.max(0, bytes)).min();
    }

    private static long mostBytes(CgroupLevel group) {
        return Math.min(
                group.limitBytes().orElse(Long.MAX_VALUE),
                group.highBytes().orElse(Long.MAX_VALUE));
    }

    private static Room of(CgroupLevel group, MemoryFacts facts) {
        return new Room(
                group.folder(), group.limitBytes().orElseThrow(), othersBytes(group, facts));
    }

    /**
     * Working set of the group less this process's part of it. Which file pages of the group are
     * this process's is not told: at most all those that were used lately, never more than the
     * process has mapped. A neighbour's are mistaken for its own at worst, and those the kernel can
     * still drop; what no file backs is never mistaken.
     */
    private static OptionalLong othersBytes(CgroupLevel group, MemoryFacts facts) {
        if (group.currentBytes().isEmpty() || group.inactiveFileBytes().isEmpty()) {
            return OptionalLong.empty();
        }
        long workingSet = group.currentBytes().getAsLong() - group.inactiveFileBytes().getAsLong();
        long own =
                facts.ownStayingBytes()
                        + Math.min(facts.ownFileBytes(), group.activeFileBytes().orElse(0));
        return OptionalLong.of(Math.max(0, workingSet - own));
    }

    /** What is left, 0 or more. */
    long bytes() {
        return Math.max(0, limitBytes - othersBytes.orElse(0));
    }

    /** Where the figure comes from, for the user. */
    String explanation() {
        String limit = "the control group " + folder + " allows " + MemorySize.down(limitBytes);
        if (othersBytes.isEmpty()) {
            return limit + "; what others hold in it is not told";
        }
        return othersBytes.getAsLong() == 0
                ? limit
                : limit + ", of which others hold " + MemorySize.up(othersBytes.getAsLong());
    }
}
