/**
 * The work itself: which worker does it, what each may take, and what happens inside of one.
 *
 * <p>{@link dev.snug.server.work.LocalAnswering} runs in the front and starts workers; {@link
 * dev.snug.server.work.PictureTask}, {@link dev.snug.server.work.SpeechTask} and {@link
 * dev.snug.server.work.PlanTask} run in them.
 *
 * <p>Invariant: only tasks load a model or plan for one; the front never does. Invariant: what the
 * workers may take together, with the front, is never more than the server's limit.
 */
@NullMarked
package dev.snug.server.work;

import org.jspecify.annotations.NullMarked;
