/**
 * What the networks of a speech model do, whoever made them: the stages from a reference and tokens
 * to sound, and the loop that integrates the velocity.
 */
@NullMarked
package dev.snug.speech.network;

import org.jspecify.annotations.NullMarked;
