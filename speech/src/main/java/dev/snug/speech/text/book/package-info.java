/**
 * Books: texts in chapters, read part by part so that memory does not follow their length. Of what
 * is written only that is left which a reader says aloud.
 */
@NullMarked
package dev.snug.speech.text.book;

import org.jspecify.annotations.NullMarked;
