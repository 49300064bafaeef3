/**
 * OpenAI's speech API, so that its clients work unchanged: the shapes are theirs, models and voices
 * are ours.
 *
 * <p>{@link dev.snug.server.openai.OpenAiRoutes} has the routes; {@code TheirNames} decides which
 * model and voice answer for OpenAI's names.
 */
@NullMarked
package dev.snug.server.openai;

import org.jspecify.annotations.NullMarked;
