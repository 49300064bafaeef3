package dev.snug.runtime.budget;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * The book of one {@link Account}: what it holds in bytes, and which books it is part of.
 *
 * <p>Only adds and compares; the account holds the tree's lock around every call.
 */
final class Ledger {
    private final @Nullable Ledger parent;
    private final String name;
    private final String path;
    private final @Nullable Limit limit;
    private final boolean setAside;

    private final Map<String, Ledger> children = new LinkedHashMap<>();
    private final Set<Reservation> reservations = new LinkedHashSet<>();
    private long usedBytes;
    private long peakBytes;
    private boolean closed;

    /**
     * A book in {@code parent}, not yet written down there; a root and one set aside have a limit.
     */
    Ledger(@Nullable Ledger parent, String name, @Nullable Limit limit, boolean setAside) {
        this.parent = parent;
        this.name = name;
        this.path = parent == null ? name : parent.path + "/" + name;
        this.limit = limit;
        this.setAside = setAside;
    }

    String path() {
        return path;
    }

    /** Why {@code bytes} cannot be added here; empty when they can. Changes nothing. */
    Optional<Refusal> refusal(String what, long bytes, Optional<String> objection) {
        requireOpen();
        Ledger tightest = tightest();
        if (objection.isEmpty() && bytes <= tightest.freeBytes()) {
            return Optional.empty();
        }
        List<Holder> holders = new ArrayList<>();
        tightest.addHolders(holders, false);
        return Optional.of(
                new Refusal(
                        path,
                        what,
                        bytes,
                        tightest.freeBytes(),
                        tightest.path,
                        tightest.ownLimit(),
                        objection,
                        Holder.largestFirst(holders)));
    }

    /** Adds to this book and all that count it, or takes away when negative. */
    private void charge(long bytes) {
        for (Ledger at = this; at != null; at = at.payer()) {
            at.usedBytes += bytes;
            at.peakBytes = Math.max(at.peakBytes, at.usedBytes);
        }
    }

    /** Writes {@code moreBytes} down for {@code reservation}; they fit. */
    void add(Reservation reservation, long moreBytes) {
        requireOpen(reservation);
        reservations.add(reservation);
        reservation.holds(reservation.held() + moreBytes);
        charge(moreBytes);
    }

    void shrink(Reservation reservation, long newBytes) {
        requireOpen(reservation);
        long heldBytes = reservation.held();
        if (newBytes < 0 || newBytes > heldBytes) {
            throw new IllegalArgumentException(
                    "%s: %s holds %d bytes and cannot shrink to %d"
                            .formatted(path, reservation.what(), heldBytes, newBytes));
        }
        reservation.holds(newBytes);
        charge(newBytes - heldBytes);
    }

    void remove(Reservation reservation) {
        if (reservations.remove(reservation)) {
            charge(-reservation.end());
        }
    }

    /** Writes a new child down, with its limit when it is set aside; that fits. */
    void add(Ledger child) {
        requireOpen();
        if (children.putIfAbsent(child.name, child) != null) {
            throw new IllegalArgumentException(path + " has an account " + child.name + " already");
        }
        charge(child.setAside ? child.ownLimit().bytes() : 0);
    }

    /** Takes this book and all in it out of its parent; what was open in it. */
    List<Holder> end() {
        List<Holder> open = new ArrayList<>();
        if (closed) {
            return open;
        }
        addHolders(open, true);
        if (parent != null) {
            parent.charge(setAside ? -ownLimit().bytes() : -usedBytes);
            parent.children.remove(name);
        }
        forget();
        return Holder.largestFirst(open);
    }

    private void forget() {
        closed = true;
        reservations.forEach(Reservation::end);
        reservations.clear();
        children.values().forEach(Ledger::forget);
        children.clear();
        usedBytes = 0;
    }

    /** This book and all in it. */
    AccountState state() {
        return new AccountState(
                path,
                limit == null ? OptionalLong.empty() : OptionalLong.of(limit.bytes()),
                setAside,
                usedBytes,
                peakBytes,
                closed ? 0 : tightest().freeBytes(),
                Holder.largestFirst(ownHolders()),
                children.values().stream().map(Ledger::state).toList());
    }

    /** The book that counts what this one adds. */
    private @Nullable Ledger payer() {
        return setAside ? null : parent;
    }

    /** Of the books that count what is added here, the one with the least room. */
    private Ledger tightest() {
        Ledger tightest = this;
        for (Ledger at = this; at != null; at = at.payer()) {
            // The last one, a root or set aside, always has a limit.
            if (at.limit != null
                    && (tightest.limit == null || at.freeBytes() < tightest.freeBytes())) {
                tightest = at;
            }
        }
        return tightest;
    }

    private long freeBytes() {
        return ownLimit().bytes() - usedBytes;
    }

    private Limit ownLimit() {
        if (limit == null) {
            throw new IllegalStateException(path + " has no limit of its own");
        }
        return limit;
    }

    private List<Holder> ownHolders() {
        List<Holder> own = new ArrayList<>();
        reservations.forEach(open -> own.add(new Holder(path, open.what(), open.held())));
        return own;
    }

    /** Adds what is open here and below; {@code inside}: also in books that are set aside. */
    private void addHolders(List<Holder> holders, boolean inside) {
        holders.addAll(ownHolders());
        for (Ledger child : children.values()) {
            if (child.setAside && !inside) {
                holders.add(new Holder(child.path, "as a whole", child.ownLimit().bytes()));
            } else {
                child.addHolders(holders, inside);
            }
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the account " + path + " is closed");
        }
    }

    private void requireOpen(Reservation reservation) {
        if (reservation.ended()) {
            throw new IllegalStateException(
                    path + ": the reservation of " + reservation.what() + " was given back");
        }
    }
}
