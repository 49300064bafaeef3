/** Vietnamese as people write it to Vietnamese as people say it, each span with the way back. */
@NullMarked
package dev.snug.speech.text.normalize;

import org.jspecify.annotations.NullMarked;
