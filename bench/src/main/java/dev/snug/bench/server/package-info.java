/**
 * What the server takes: memory when idle and at work, time to its first answer, its bearing under
 * a hard limit and over many requests. Entry: {@link dev.snug.bench.server.ServerHarness}.
 */
@NullMarked
package dev.snug.bench.server;

import org.jspecify.annotations.NullMarked;
