/**
 * One job under one limit: planned or refused, then accounted for.
 *
 * <p>Invariant: what does not fit is refused before anything of it is loaded.
 */
@NullMarked
package dev.snug.runtime.job;

import org.jspecify.annotations.NullMarked;
