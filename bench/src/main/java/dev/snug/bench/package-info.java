/** To be filled. */
@NullMarked
package dev.snug.bench;

import org.jspecify.annotations.NullMarked;
