/**
 * What a run holds in memory at each of its nodes, from the graph and its sizes alone: {@link
 * dev.snug.onnx.lifetime.Lifetime} follows how ONNX Runtime orders the nodes, lets values share
 * buffers and takes working memory.
 *
 * <p>Pure: nothing is loaded, no weights are read.
 */
@NullMarked
package dev.snug.onnx.lifetime;

import org.jspecify.annotations.NullMarked;
