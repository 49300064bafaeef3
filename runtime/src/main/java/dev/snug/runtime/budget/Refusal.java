package dev.snug.runtime.budget;

import java.util.List;
import java.util.Optional;

/**
 * Why a reservation was not granted; the ledger is as it was before it was asked for.
 *
 * @param account path of the account that was asked
 * @param what the bytes were for
 * @param askedBytes how many; when a reservation was to grow, those that were to be added
 * @param availableBytes the most that would have been granted at this moment, ≥ 0
 * @param limitAccount path of the account with the least room between {@code account} and the root
 * @param limit its limit
 * @param objection what the tree's {@link Gate} said; empty when the limit was in the way
 * @param holders who holds the rest of that limit, the largest first; together with {@code
 *     availableBytes} they make {@code limit}
 */
public record Refusal(
        String account,
        String what,
        long askedBytes,
        long availableBytes,
        String limitAccount,
        Limit limit,
        Optional<String> objection,
        List<Holder> holders) {

    public Refusal {
        holders = List.copyOf(holders);
    }

    /**
     * The smallest limit in bytes under which this would have been granted beside what is held, in
     * whole MiB; at most 2<sup>63</sup> − 1.
     */
    public long limitNeededBytes() {
        long heldBytes = limit.bytes() - availableBytes;
        return MemorySize.wholeMebibytes(
                heldBytes > Long.MAX_VALUE - askedBytes ? Long.MAX_VALUE : heldBytes + askedBytes);
    }

    /** What, where, the limit, what was asked, who holds the rest, what would fit, what to do. */
    public String message() {
        String room =
                MemorySize.down(availableBytes)
                        + " free of "
                        + MemorySize.down(limit.bytes())
                        + " of "
                        + limitAccount
                        + " ("
                        + Holder.shown(holders)
                        + ")";
        String asked = account + ": " + what + " needs " + MemorySize.up(askedBytes);
        return objection
                .map(reason -> asked + " and is held back: " + reason + "; " + room + ".")
                .orElseGet(() -> asked + "; " + room + ". " + remedy());
    }

    private String remedy() {
        String fits =
                availableBytes == 0
                        ? "Nothing more fits: free some"
                        : "At most " + MemorySize.down(availableBytes) + " fit: ask for less";
        long needed = limitNeededBytes();
        return needed > MemorySize.MAX_BYTES
                ? fits + "."
                : fits + ", or raise " + limit.setting() + " to " + new MemorySize(needed) + ".";
    }
}
