/**
 * Compressed sound, format by format: bytes to samples and back. Each library that codes is named
 * by one class here and by none elsewhere.
 */
@NullMarked
package dev.snug.speech.sound.coding;

import org.jspecify.annotations.NullMarked;
