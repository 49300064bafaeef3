/**
 * Proofs about whole processes, by the kernel's counters: memory returns, limits hold, a worker's
 * death costs one request, and no way of keeping memory changes an answer.
 *
 * <p>Small models here; the properties {@code snug.proof.jobs} and {@code snug.proof.cycles} make
 * them longer, as {@code bench/run proofs} does. What needs a memory control group says why it does
 * not run where there is none, and fails there when {@code SNUG_REQUIRE_CGROUP} is 1.
 */
@NullMarked
package dev.snug.cli.proof;

import org.jspecify.annotations.NullMarked;
