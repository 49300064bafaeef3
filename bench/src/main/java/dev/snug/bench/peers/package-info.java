/**
 * The same jobs by Snug and by other engines, in turn in one run: memory of the whole process tree,
 * CPU seconds, the smallest hard limit, and how far each answer is from a reference. Entry: {@link
 * dev.snug.bench.peers.PeerHarness}.
 */
@NullMarked
package dev.snug.bench.peers;

import org.jspecify.annotations.NullMarked;
