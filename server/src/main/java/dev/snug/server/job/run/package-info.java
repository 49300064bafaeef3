/**
 * Works off the queue of jobs with this server's workers, beside those who wait for an answer.
 *
 * <p>{@link dev.snug.server.job.run.JobRunner} takes items, {@link
 * dev.snug.server.job.run.PictureItems} and {@link dev.snug.server.job.run.TextItems} do them,
 * {@link dev.snug.server.job.run.Ending} says what becomes of them.
 */
@NullMarked
package dev.snug.server.job.run;

import org.jspecify.annotations.NullMarked;
