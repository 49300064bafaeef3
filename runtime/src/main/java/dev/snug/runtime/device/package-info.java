/**
 * Which of ONNX Runtime's execution providers a process computes with, and what the machine's
 * accelerators would need to be used.
 *
 * <p>Invariant: pure; nothing here loads a library, reads a file or names ONNX Runtime. What was
 * asked by name is kept or refused; only {@code auto} falls back to the processor, and says why.
 */
@NullMarked
package dev.snug.runtime.device;

import org.jspecify.annotations.NullMarked;
