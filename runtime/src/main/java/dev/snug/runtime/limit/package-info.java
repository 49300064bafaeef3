/**
 * How much memory a process of Snug may take: the number at the root of its budget, and why.
 *
 * <p>{@link dev.snug.runtime.limit.MemoryLimit#decide} is pure; {@link
 * dev.snug.runtime.limit.MemoryFacts} is what it is told of the machine.
 */
@NullMarked
package dev.snug.runtime.limit;

import org.jspecify.annotations.NullMarked;
