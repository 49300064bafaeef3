package dev.snug.runtime.budget;

import java.io.Serial;
import java.util.List;

/**
 * An account was closed while reservations were open: a mistake in Snug, not of the user. The bytes
 * have been given back, so the process can go on; whether they are really free is not known.
 */
public final class LedgerException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;

    private final transient List<Holder> leaks;

    LedgerException(String account, List<Holder> leaks) {
        super(
                account
                        + " was closed while "
                        + MemorySize.up(leaks.stream().mapToLong(Holder::bytes).sum())
                        + " were still reserved ("
                        + Holder.shown(leaks)
                        + "): close each reservation before its account. The bytes count as given"
                        + " back.");
        this.leaks = List.copyOf(leaks);
    }

    /** What was open, the largest first, never empty. */
    public List<Holder> leaks() {
        return leaks;
    }

    /** Sum of what was open. */
    public long leakedBytes() {
        return leaks.stream().mapToLong(Holder::bytes).sum();
    }
}
