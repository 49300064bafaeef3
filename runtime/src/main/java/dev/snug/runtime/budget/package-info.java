/**
 * The budget: who may hold how many bytes, asked before they are taken.
 *
 * <p>An {@link dev.snug.runtime.budget.Account} is a node of a tree with one limit at its root;
 * whoever is about to take much memory makes a {@link dev.snug.runtime.budget.Reservation} there
 * first. It is given whole or refused, and a refusal changes nothing. Only numbers are kept here:
 * the package allocates none of the bytes it counts, reads no file and no clock, and knows nothing
 * of the rest of Snug. {@link dev.snug.runtime.budget.ProcessAccounts} is the tree of a process,
 * {@link dev.snug.runtime.budget.StandardAccount} says what each of its accounts covers.
 */
@NullMarked
package dev.snug.runtime.budget;

import org.jspecify.annotations.NullMarked;
