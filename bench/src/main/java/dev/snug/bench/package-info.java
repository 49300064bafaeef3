/**
 * The process harness: starts the real {@code snug} command in fresh processes and turns what the
 * kernel counted into the published table. Entry: {@link dev.snug.bench.ProcessHarness}.
 */
@NullMarked
package dev.snug.bench;

import org.jspecify.annotations.NullMarked;
