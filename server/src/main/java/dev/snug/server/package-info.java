/**
 * Requests to answers: a front that is small because it loads no model, and workers that do.
 *
 * <p>{@link dev.snug.server.http} is the vocabulary of calls and replies, {@link
 * dev.snug.server.answer} what is asked and who answers.
 */
@NullMarked
package dev.snug.server;

import org.jspecify.annotations.NullMarked;
