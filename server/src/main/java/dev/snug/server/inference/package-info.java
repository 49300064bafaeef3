/**
 * The Open Inference Protocol, version 2, over HTTP (KServe; Triton and MLServer speak it too):
 * every model as named tensors, with the binary tensor data and model repository extensions.
 *
 * <p>Invariant: what a request holds goes from the disk of this run to the disk or to a bounded
 * value; no picture and no sound is ever on the heap.
 */
@NullMarked
package dev.snug.server.inference;

import org.jspecify.annotations.NullMarked;
