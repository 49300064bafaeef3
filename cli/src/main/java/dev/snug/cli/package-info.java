/** To be filled. */
@NullMarked
package dev.snug.cli;

import org.jspecify.annotations.NullMarked;
