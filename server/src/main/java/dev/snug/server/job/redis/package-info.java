/**
 * Jobs in a Redis or Valkey that several servers share.
 *
 * <p>Invariant: what belongs together changes in one script; what is sent before is found by
 * nobody, and goes by itself after some minutes.
 */
@NullMarked
package dev.snug.server.job.redis;

import org.jspecify.annotations.NullMarked;
