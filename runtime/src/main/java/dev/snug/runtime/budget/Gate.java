package dev.snug.runtime.budget;

import java.util.Optional;

/**
 * The last word on every reservation of a tree, beside the limits: whoever opens the tree may pass
 * one that refuses for a reason that the ledger cannot see, such as pressure on the whole machine.
 *
 * <p>It is asked before the ledger, without its lock, so it may take its time, ask accounts for
 * their state, and must stand being asked by several threads at once. What it lets through can
 * still be refused by a limit. A gate that refuses the N-th request and only that one proves that a
 * job survives it.
 */
@FunctionalInterface
public interface Gate {
    /** Refuses nothing: the limits alone decide. */
    Gate OPEN = request -> Optional.empty();

    /**
     * Why {@code request} must not be granted, as a sentence without a full stop that says what to
     * do; empty lets it through.
     */
    Optional<String> objection(Request request);

    /**
     * What is about to be reserved.
     *
     * @param account path of the account that is asked
     * @param what the bytes are for
     * @param bytes 0 or more; when a reservation grows, those that are added
     */
    record Request(String account, String what, long bytes) {}
}
