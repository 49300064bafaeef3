/**
 * Answers that were given before, so that the same question of the same model costs nothing.
 *
 * <p>Invariant: bounded in number, bytes and age; a picture, a text or a patient's value is never
 * in it, only a hash of them; a disk that fails costs speed, never an answer.
 */
@NullMarked
package dev.snug.server.cache;

import org.jspecify.annotations.NullMarked;
