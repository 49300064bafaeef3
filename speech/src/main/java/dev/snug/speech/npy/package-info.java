/** Arrays in files of numpy: noise that comes in, stages that are looked at. */
@NullMarked
package dev.snug.speech.npy;

import org.jspecify.annotations.NullMarked;
