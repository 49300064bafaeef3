package dev.snug.runtime.budget;

import java.util.List;
import java.util.OptionalLong;

/**
 * An account and all below it at one moment, to be shown. In bytes.
 *
 * @param path names from the root, with slashes: {@code memory/heap/pictures}
 * @param limitBytes its own limit; empty when only accounts around it have one
 * @param setAside its whole limit is charged to the account around it, used or not
 * @param usedBytes its own reservations and what its children charge
 * @param peakBytes the most that {@code usedBytes} ever was
 * @param availableBytes the largest reservation that would be granted here
 * @param holders its own reservations, the largest first
 * @param children accounts below it, in the order in which they were made
 */
public record AccountState(
        String path,
        OptionalLong limitBytes,
        boolean setAside,
        long usedBytes,
        long peakBytes,
        long availableBytes,
        List<Holder> holders,
        List<AccountState> children) {

    public AccountState {
        holders = List.copyOf(holders);
        children = List.copyOf(children);
        if (setAside && limitBytes.isEmpty()) {
            throw new IllegalArgumentException(path + " is set aside without saying how much");
        }
    }

    /** What the account around it counts for it. */
    public long chargedBytes() {
        return setAside ? limitBytes.orElseThrow() : usedBytes;
    }
}
