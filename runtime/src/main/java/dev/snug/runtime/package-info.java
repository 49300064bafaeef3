/** To be filled. */
@NullMarked
package dev.snug.runtime;

import org.jspecify.annotations.NullMarked;
