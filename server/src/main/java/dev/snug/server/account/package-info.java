/**
 * Who asks, and whether they may: accounts, sessions of browsers, tokens of programs.
 *
 * <p>{@link dev.snug.server.account.AccountGuard} decides before any handler; {@link
 * dev.snug.server.account.SignIn} is how somebody becomes known.
 *
 * <p>Invariant: no secret is kept, only its hash; a route whose handler forgets a check is closed,
 * because the guard did it before.
 */
@NullMarked
package dev.snug.server.account;

import org.jspecify.annotations.NullMarked;
