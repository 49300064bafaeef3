/** Tests that hold the whole project to its own rules. */
@NullMarked
package dev.snug;

import org.jspecify.annotations.NullMarked;
