package dev.snug.onnx.lifetime;

import dev.snug.onnx.Node;

/**
 * Memory that values of a run share one after the other.
 *
 * @param value the first of them
 * @param maker the node that makes that value
 * @param bytes of the largest
 * @param first place in the order of execution of the node that makes the first value
 * @param last place of the node that reads the last value; of the last node where it stays to the
 *     end of the run
 * @param isOutput whether it holds an output of the graph, which lives until the caller has it
 */
public record Buffer(String value, Node maker, long bytes, int first, int last, boolean isOutput) {}
