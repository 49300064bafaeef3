package dev.snug.vision.keras;

import dev.snug.onnx.Shape;

/**
 * A value of the graph under construction, float32.
 *
 * @param name in the graph
 * @param shape in Keras' order, batch (1) first. Rank 4 is [1,height,width,channels] here and
 *     [1,channels,height,width] in the graph; other ranks are the same in both.
 */
record Value(String name, Shape shape) {
    private static final int[] TO_GRAPH = {0, 2, 3, 1};

    boolean isPicture() {
        return shape.rank() == 4;
    }

    long height() {
        return shape.size(1);
    }

    long width() {
        return shape.size(2);
    }

    long channels() {
        return shape.size(-1);
    }

    /** The shape that the value has in the graph. */
    Shape graphShape() {
        return isPicture() ? Shape.of(shape.size(0), channels(), height(), width()) : shape;
    }

    /** The axis in the graph of an axis in Keras' order. */
    int graphAxis(int axis) {
        return isPicture() ? TO_GRAPH[axis] : axis;
    }
}
