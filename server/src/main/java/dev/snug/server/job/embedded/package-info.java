/**
 * Jobs of one machine: rows of the server's database and a folder for each job's files.
 *
 * <p>{@link dev.snug.server.job.embedded.EmbeddedJobs} is the store; {@code JobRows} are its
 * statements, {@code JobFolders} its files, {@code HeldFile} says whose work it is
 * (docs/decisions/0039-jobs.md).
 *
 * <p>Invariant: a row is only there while its files are; what has no row is removed at the next
 * start; nothing is opened before there is a job.
 */
@NullMarked
package dev.snug.server.job.embedded;

import org.jspecify.annotations.NullMarked;
