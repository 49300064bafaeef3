/**
 * What the server's processes hold: read from the kernel, written as JSON, kept for five minutes.
 *
 * <p>Invariant: reads only; where the kernel says nothing the answer is null, never a guess.
 */
@NullMarked
package dev.snug.server.memory;

import org.jspecify.annotations.NullMarked;
