package dev.snug.runtime.budget;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * A named node of the budget's tree that counts the bytes reserved in it and below it.
 *
 * <p>A reservation is charged to its account and every account around it, up to the root, or to
 * none of them. So at all times what an account uses is the sum of its own reservations and of what
 * its children charge, and never more than its limit. A child without a limit is bounded by those
 * around it. A child that is {@linkplain #setAside set aside} has its whole limit charged when it
 * is made, because something else than reservations can fill it: the Java heap grows to its maximum
 * whoever reserves what in it. What is reserved inside is then charged no further.
 *
 * <p>One lock serves the whole tree and nothing foreign is called under it, so threads cannot block
 * each other for good. An open reservation takes the same few bytes of memory whatever it counts.
 */
public final class Account implements AutoCloseable {
    /** Accounts inside each other; Snug's own tree has three, a job adds one or two. */
    static final int DEPTH_MAX = 16;

    /** Characters of a name. */
    static final int NAME_CHARS_MAX = 64;

    /** Characters kept of what a reservation is for; it may hold a file's name. */
    static final int WHAT_CHARS_MAX = 200;

    private final int depth;
    private final Gate gate;
    private final Object lock;

    /** Read and written under the lock. */
    private final Ledger ledger;

    private Account(
            @Nullable Account parent,
            String name,
            @Nullable Limit limit,
            boolean setAside,
            Gate gate) {
        if (name.isBlank() || name.length() > NAME_CHARS_MAX || name.contains("/")) {
            throw new IllegalArgumentException(
                    "an account's name has 1 to %d characters and no slash: '%s'"
                            .formatted(NAME_CHARS_MAX, cut(name)));
        }
        this.depth = parent == null ? 1 : parent.depth + 1;
        if (depth > DEPTH_MAX) {
            throw new IllegalArgumentException(
                    "the account " + name + " lies more than " + DEPTH_MAX + " accounts deep");
        }
        this.gate = gate;
        this.lock = parent == null ? new Object() : parent.lock;
        this.ledger = new Ledger(parent == null ? null : parent.ledger, name, limit, setAside);
    }

    /** The root of a new tree: a budget of {@code limit} bytes, refused by nothing else. */
    public static Account root(String name, Limit limit) {
        return root(name, limit, Gate.OPEN);
    }

    /** The root of a new tree in which {@code gate} may refuse what the limits allow. */
    public static Account root(String name, Limit limit, Gate gate) {
        return new Account(null, name, limit, false, gate);
    }

    /**
     * A new account in this one, bounded only by those around it.
     *
     * @throws IllegalArgumentException when one of that name is open, or the name is none
     * @throws IllegalStateException when this account is closed
     */
    public Account child(String name) {
        return added(new Account(this, name, null, false, gate));
    }

    /** As {@link #child(String)}, with a limit of its own, which may be larger than this one's. */
    public Account child(String name, Limit limit) {
        return added(new Account(this, name, limit, false, gate));
    }

    /**
     * As {@link #child(String)}, with its whole limit charged here until it is closed.
     *
     * @throws BudgetException when that does not fit; there is no such account then
     */
    public Account setAside(String name, Limit limit) {
        Account child = new Account(this, name, limit, true, gate);
        throwIfRefused(claim("all of " + name, limit.bytes(), () -> ledger.add(child.ledger)));
        return child;
    }

    /**
     * Reserves {@code bytes} for {@code what}, all or nothing.
     *
     * @param what for messages; cut to 200 characters
     * @param bytes 0 or more
     * @throws BudgetException when it does not fit
     * @throws IllegalStateException when the account is closed
     */
    public Reservation reserve(String what, long bytes) {
        Reservation made = new Reservation(this, cut(what));
        made.growBy(bytes);
        return made;
    }

    /** As {@link #reserve}, but empty instead of an error when it does not fit. */
    public Optional<Reservation> tryReserve(String what, long bytes) {
        Reservation made = new Reservation(this, cut(what));
        return made.tryGrowBy(bytes) ? Optional.of(made) : Optional.empty();
    }

    /** Names from the root, with slashes: {@code memory/heap/pictures}. */
    public String path() {
        return ledger.path();
    }

    /** This account and all below it, at one moment. */
    public AccountState state() {
        synchronized (lock) {
            return ledger.state();
        }
    }

    /**
     * Ends this account and all below it. A second call does nothing.
     *
     * @throws LedgerException when reservations are open; their bytes have been given back
     */
    @Override
    public void close() {
        List<Holder> open;
        synchronized (lock) {
            open = ledger.end();
        }
        if (!open.isEmpty()) {
            throw new LedgerException(path(), open);
        }
    }

    /** Adds {@code moreBytes} to {@code reservation}, or says why not. */
    Optional<Refusal> enlarge(Reservation reservation, long moreBytes) {
        return claim(reservation.what(), moreBytes, () -> ledger.add(reservation, moreBytes));
    }

    void shrink(Reservation reservation, long newBytes) {
        synchronized (lock) {
            ledger.shrink(reservation, newBytes);
        }
    }

    void release(Reservation reservation) {
        synchronized (lock) {
            ledger.remove(reservation);
        }
    }

    /** What {@code figure} says under the tree's lock. */
    long under(LongSupplier figure) {
        synchronized (lock) {
            return figure.getAsLong();
        }
    }

    static void throwIfRefused(Optional<Refusal> refusal) {
        if (refusal.isPresent()) {
            throw new BudgetException(refusal.get());
        }
    }

    /** Runs {@code granted}, which writes down {@code bytes}, unless gate or limits refuse them. */
    private Optional<Refusal> claim(String what, long bytes, Runnable granted) {
        if (bytes < 0) {
            throw new IllegalArgumentException(
                    "%s: %s asks for %d bytes; 0 is the least".formatted(path(), what, bytes));
        }
        Optional<String> objection = gate.objection(new Gate.Request(path(), what, bytes));
        synchronized (lock) {
            Optional<Refusal> refusal = ledger.refusal(what, bytes, objection);
            if (refusal.isEmpty()) {
                granted.run();
            }
            return refusal;
        }
    }

    private Account added(Account child) {
        synchronized (lock) {
            ledger.add(child.ledger);
            return child;
        }
    }

    private static String cut(String text) {
        return text.length() <= WHAT_CHARS_MAX ? text : text.substring(0, WHAT_CHARS_MAX) + "…";
    }
}
