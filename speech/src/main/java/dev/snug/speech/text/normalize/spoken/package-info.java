/** How numbers and letters are said in each reading profile. Pure. */
@NullMarked
package dev.snug.speech.text.normalize.spoken;

import org.jspecify.annotations.NullMarked;
