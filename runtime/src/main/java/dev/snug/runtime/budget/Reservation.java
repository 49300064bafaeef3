package dev.snug.runtime.budget;

/**
 * The right to hold bytes, 0 or more, until it is closed.
 *
 * <p>Closing gives all of it back. After the account was closed its reservations count as closed.
 * Any thread may use it; the lock is the tree's.
 */
public final class Reservation implements AutoCloseable {
    private final Account account;
    private final String what;

    // Both are read and written under the tree's lock, by Ledger alone.
    private long bytes;
    private boolean closed;

    Reservation(Account account, String what) {
        this.account = account;
        this.what = what;
    }

    /** What the bytes are for. */
    public String what() {
        return what;
    }

    /** What is held now; 0 when it is closed. */
    public long bytes() {
        return account.under(() -> bytes);
    }

    /**
     * Adds {@code moreBytes}, all or nothing: when it is refused the old size stays.
     *
     * @throws BudgetException when it does not fit
     * @throws IllegalStateException when this is closed
     */
    public void growBy(long moreBytes) {
        Account.throwIfRefused(account.enlarge(this, moreBytes));
    }

    /** As {@link #growBy}, but says {@code false} instead of throwing when it does not fit. */
    public boolean tryGrowBy(long moreBytes) {
        return account.enlarge(this, moreBytes).isEmpty();
    }

    /**
     * Keeps {@code newBytes} and gives the rest back, once it is known that less was needed.
     *
     * @throws IllegalArgumentException when that is negative or more than is held
     * @throws IllegalStateException when this is closed
     */
    public void shrinkTo(long newBytes) {
        account.shrink(this, newBytes);
    }

    /** Gives everything back. A second call does nothing. */
    @Override
    public void close() {
        account.release(this);
    }

    long held() {
        return bytes;
    }

    void holds(long newBytes) {
        bytes = newBytes;
    }

    /** Takes what it holds away and lets it hold nothing any more. */
    long end() {
        long was = bytes;
        bytes = 0;
        closed = true;
        return was;
    }

    boolean ended() {
        return closed;
    }
}
