/** Models of speech with their weights in fewer bytes. */
@NullMarked
package dev.snug.speech.variant;

import org.jspecify.annotations.NullMarked;
