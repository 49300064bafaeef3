/**
 * A child JVM that does memory-hungry work and can be killed.
 *
 * <p>{@link dev.snug.runtime.worker.Workers} is the way in: a queue in front of a few {@link
 * dev.snug.runtime.worker.Worker}s. A worker is a process with its own heap and a limit of native
 * memory, which loads a {@link dev.snug.runtime.worker.WorkerTask} by its class name and does one
 * request at a time. Parent and child speak frames over a Unix domain socket.
 *
 * <p>Invariant: however a worker ends, it costs the one request that it was doing one {@link
 * dev.snug.runtime.worker.WorkerException}, and the next request gets another worker. Invariant: a
 * worker ends when its parent does. Invariant: every length from the other process is bounded
 * before memory is spent on it.
 */
@NullMarked
package dev.snug.runtime.worker;

import org.jspecify.annotations.NullMarked;
