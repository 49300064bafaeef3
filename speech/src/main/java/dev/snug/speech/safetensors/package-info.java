/** Checkpoints in the safetensors format, mapped. */
@NullMarked
package dev.snug.speech.safetensors;

import org.jspecify.annotations.NullMarked;
