package dev.snug.vision.explain;

import dev.snug.onnx.GraphBuilder;
import dev.snug.onnx.GraphBuilder.Named;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;

import java.util.List;
import java.util.Random;

/** Short spellings for test graphs: operators in one line, constants from seeded noise. */
final class Nodes {
    private final GraphBuilder builder;

    Nodes(GraphBuilder builder) {
        this.builder = builder;
    }

    GraphBuilder builder() {
        return builder;
    }

    String add(String operator, String input, Named... attributes) {
        return builder.add(operator, operator, List.of(input), attributes);
    }

    String add(String operator, String first, String second, Named... attributes) {
        return builder.add(operator, operator, List.of(first, second), attributes);
    }

    String add(String operator, List<String> inputs, Named... attributes) {
        return builder.add(operator, operator, inputs, attributes);
    }

    String concat(long axis, List<String> parts) {
        return add("Concat", parts, GraphBuilder.attribute("axis", axis));
    }

    String longs(long... values) {
        return builder.initializer("longs", Tensor.longs(values, values.length));
    }

    String scalar(double value) {
        return builder.initializer("scalar", Tensor.scalar((float) value));
    }

    String floats(float[] values, long... sizes) {
        return builder.initializer("floats", Tensor.floats(values, sizes));
    }

    /** Normal noise, the same for the same sizes. */
    String noise(long... sizes) {
        return floats(noiseValues(0, sizes), sizes);
    }

    /** Values from 0.5 up, the same for the same sizes. */
    String positive(long... sizes) {
        float[] values = noiseValues(1, sizes);
        for (int at = 0; at < values.length; at++) {
            values[at] = 0.5f + Math.abs(values[at]);
        }
        return floats(values, sizes);
    }

    private static float[] noiseValues(long seed, long... sizes) {
        Random random = new Random(seed + 31L * Shape.of(sizes).hashCode());
        float[] values = new float[(int) Shape.of(sizes).elements()];
        for (int at = 0; at < values.length; at++) {
            values[at] = (float) random.nextGaussian();
        }
        return values;
    }
}
