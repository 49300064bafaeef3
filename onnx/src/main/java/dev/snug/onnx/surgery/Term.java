package dev.snug.onnx.surgery;

import dev.snug.onnx.Shape;

/**
 * A value of the graph under construction, with its sizes, all known.
 *
 * <p>As a gradient, a term may have size 1 on an axis where the value it belongs to is larger: it
 * is then the same all along that axis. Pooling hands such gradients back, and keeping them small
 * saves both memory and arithmetic until an operator needs the full size.
 *
 * @param name the value's name in the graph
 */
record Term(String name, Shape shape) {
    /** The size at {@code axis}; a negative axis counts from the end. */
    long size(int axis) {
        return shape.size(axis);
    }

    int rank() {
        return shape.rank();
    }
}
