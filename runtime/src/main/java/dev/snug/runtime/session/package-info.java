/**
 * Sessions of ONNX Runtime: load, lease, run, unload.
 *
 * <p>Invariant: no other package names {@code ai.onnxruntime}. Invariant: no session is closed
 * while leased.
 */
@NullMarked
package dev.snug.runtime.session;

import org.jspecify.annotations.NullMarked;
