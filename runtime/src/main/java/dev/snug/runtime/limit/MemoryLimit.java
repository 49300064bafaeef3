package dev.snug.runtime.limit;

import dev.snug.runtime.budget.MemorySize;
import dev.snug.runtime.measure.CgroupLevel;

import java.util.Optional;

/**
 * The most that this process may hold, resident pages of files included, and where that comes from.
 *
 * @param bytes {@link MemorySize#MIN_BYTES} to {@link MemorySize#MAX_BYTES}, and never more than
 *     the machine has
 * @param origin who says so
 * @param explanation one sentence for the user, without a full stop
 */
public record MemoryLimit(long bytes, Origin origin, String explanation) {
    /** Who said how much. */
    public enum Origin {
        /** The option {@link #OPTION}. */
        ASKED,
        /** The variable {@link #VARIABLE}. */
        ENVIRONMENT,
        /** A control group around this process. */
        CONTROL_GROUP,
        /** What the machine has available. */
        MACHINE
    }

    /** The option that asks for a limit. */
    public static final String OPTION = "--memory";

    /** The environment variable that asks for one where the option does not. */
    public static final String VARIABLE = "SNUG_MEMORY";

    /**
     * One half of what is available where nobody says how much: there the kernel stops nobody,
     * other programs grow when they like, and the page cache that mapped weights live in comes out
     * of the same half. Half leaves both as much again as Snug takes.
     */
    static final int AVAILABLE_SHARE = 2;

    /**
     * One quarter of the machine where even that is unknown, as the Java machine takes for its
     * heap: a machine in use has often less than half of its memory free.
     */
    static final int PHYSICAL_SHARE = 4;

    public MemoryLimit {
        if (bytes < MemorySize.MIN_BYTES) {
            throw new LimitException(
                    "there is no room for a process: "
                            + explanation
                            + ". End other programs, or raise the limit around this one.");
        }
        bytes = Math.min(bytes, MemorySize.MAX_BYTES);
    }

    /**
     * The limit: the option's, else the variable's, else what the tightest control group has left
     * for this process, else a share of what the machine has available.
     *
     * <p>What is asked for is kept or refused, never bent. A group's other processes are taken to
     * hold their working set (current − inactive file) for good, less this process's own part of
     * it. To be asked once, at the start: later the process's own pages blur the figures.
     *
     * @param option the value of {@link #OPTION}, where it is given
     * @param variable the value of {@link #VARIABLE}, where it is set; blank counts as not set
     * @throws IllegalArgumentException when one that counts is no memory size
     * @throws LimitException when more is asked for than machine or group give, or nothing is left
     */
    public static MemoryLimit decide(
            Optional<String> option, Optional<String> variable, MemoryFacts facts) {
        if (option.isPresent()) {
            return asked(OPTION, option.get(), Origin.ASKED, facts);
        }
        Optional<String> set = variable.filter(text -> !text.isBlank());
        if (set.isPresent()) {
            return asked(VARIABLE, set.get(), Origin.ENVIRONMENT, facts);
        }
        return Room.tightest(facts)
                .map(room -> ofGroup(room, facts))
                .orElseGet(() -> ofMachine(facts));
    }

    private static MemoryLimit asked(
            String setting, String text, Origin origin, MemoryFacts facts) {
        long bytes;
        try {
            bytes = MemorySize.parse(text).bytes();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(setting + ": " + e.getMessage(), e);
        }
        if (bytes > facts.physicalBytes()) {
            throw tooMuch(setting, text, facts.physicalBytes(), "the machine has");
        }
        for (CgroupLevel group : facts.groups()) {
            long most = group.limitBytes().orElse(Long.MAX_VALUE);
            if (bytes > most) {
                throw tooMuch(
                        setting, text, most, "the control group " + group.folder() + " allows");
            }
        }
        return new MemoryLimit(bytes, origin, setting + " says " + text.strip());
    }

    private static LimitException tooMuch(String setting, String text, long most, String who) {
        String remedy =
                most < MemorySize.MIN_BYTES
                        ? "raise that"
                        : "ask for at most " + (most >> 20) + "MiB, or leave it out";
        return new LimitException(
                "%s %s cannot be kept: %s %s; %s"
                        .formatted(setting, text.strip(), who, MemorySize.down(most), remedy));
    }

    private static MemoryLimit ofGroup(Room room, MemoryFacts facts) {
        String group = room.explanation();
        long available = reachable(facts);
        return room.bytes() <= available
                ? new MemoryLimit(room.bytes(), Origin.CONTROL_GROUP, group)
                : new MemoryLimit(
                        available,
                        Origin.MACHINE,
                        group
                                + ", but the machine has only "
                                + MemorySize.down(available)
                                + " left");
    }

    private static MemoryLimit ofMachine(MemoryFacts facts) {
        boolean known = facts.availableBytes().isPresent();
        long whole = known ? reachable(facts) : facts.physicalBytes();
        String share = known ? "half of the %s available on" : "a quarter of the %s of";
        return new MemoryLimit(
                whole / (known ? AVAILABLE_SHARE : PHYSICAL_SHARE),
                Origin.MACHINE,
                share.formatted(MemorySize.down(whole))
                        + " this machine: no control group limits the process, and nobody asked for"
                        + " another limit with "
                        + OPTION
                        + " or "
                        + VARIABLE);
    }

    /** What this process could hold at most now: what is available and what it holds already. */
    private static long reachable(MemoryFacts facts) {
        long available = facts.availableBytes().orElse(facts.physicalBytes());
        return Math.min(facts.physicalBytes(), available + facts.ownStayingBytes());
    }
}
