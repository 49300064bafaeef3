/**
 * The one file in which the server keeps what must outlive it: accounts, sessions, tokens, answers.
 *
 * <p>{@link dev.snug.server.store.Database} opens it, {@link dev.snug.server.store.Statements} is
 * what one transaction may do (docs/decisions/0022-accounts-and-store.md).
 *
 * <p>Invariant: a damaged or newer file is refused with clear words, never deleted or changed; what
 * {@link dev.snug.server.store.Database#write} did is on the disk when it returns.
 */
@NullMarked
package dev.snug.server.store;

import org.jspecify.annotations.NullMarked;
