/**
 * A classifier becomes another one with its weights in fewer bytes, and how much of it stays wide
 * is decided by what that does to its answers.
 */
@NullMarked
package dev.snug.vision.variant;

import org.jspecify.annotations.NullMarked;
