/** To be filled. */
@NullMarked
package dev.snug.vision;

import org.jspecify.annotations.NullMarked;
