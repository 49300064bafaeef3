/**
 * What single stages take in memory, measured in fresh processes and predicted from their graphs.
 * Entry: {@link dev.snug.bench.memory.MemoryHarness}.
 */
@NullMarked
package dev.snug.bench.memory;

import org.jspecify.annotations.NullMarked;
