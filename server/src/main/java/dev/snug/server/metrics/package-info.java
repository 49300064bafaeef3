/**
 * Numbers about a running server, in the text that Prometheus reads.
 *
 * <p>Invariant: bounded; nothing that a client sends becomes a new series without limit.
 */
@NullMarked
package dev.snug.server.metrics;

import org.jspecify.annotations.NullMarked;
