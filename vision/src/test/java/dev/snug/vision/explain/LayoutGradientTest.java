package dev.snug.vision.explain;

import static dev.snug.onnx.GraphBuilder.attribute;

import org.junit.jupiter.api.Test;

import java.util.List;

/** Gradients of operators that only move elements. Oracle: {@link FiniteDifferences}. */
final class LayoutGradientTest {
    @Test
    void reshapingIsUndone() {
        at(2, 3, 4).check((nodes, x) -> nodes.add("Reshape", x, nodes.longs(4, -1)));
        at(2, 3, 4).check((nodes, x) -> nodes.add("Reshape", x, nodes.longs(0, 12)));
        at(2, 3, 4).check((nodes, x) -> nodes.add("Flatten", x, attribute("axis", 2)));
        at(2, 1, 4).check((nodes, x) -> nodes.add("Squeeze", x, nodes.longs(1)));
        at(2, 4).check((nodes, x) -> nodes.add("Unsqueeze", x, nodes.longs(0, 2)));
    }

    @Test
    void transposingIsUndone() {
        long[] order = {2, 0, 3, 1};
        at(2, 3, 4, 2).check((nodes, x) -> nodes.add("Transpose", x, attribute("perm", order)));
        at(2, 3, 4).check((nodes, x) -> nodes.add("Transpose", x));
    }

    @Test
    void eachPartOfAConcatenationGetsItsOwn() {
        at(2, 3).check(
                        (nodes, x) ->
                                nodes.concat(
                                        1,
                                        List.of(
                                                nodes.add("Exp", x),
                                                nodes.noise(2, 4),
                                                x,
                                                nodes.add("Sigmoid", x))));
        at(2, 3).check((nodes, x) -> nodes.concat(-2, List.of(nodes.noise(1, 3), x)));
    }

    @Test
    void eachPartOfASplitGivesBackItsOwn() {
        at(2, 7).check(LayoutGradientTest::firstAndLastOfThreeParts);
    }

    private static String firstAndLastOfThreeParts(Nodes nodes, String x) {
        List<String> parts =
                List.of(
                        nodes.builder().fresh("first"),
                        nodes.builder().fresh("unused"),
                        nodes.builder().fresh("last"));
        List<String> inputs = List.of(x, nodes.longs(2, 3, 2));
        nodes.builder().addNode("Split", inputs, parts, attribute("axis", 1));
        return nodes.add("Mul", parts.getFirst(), parts.getLast());
    }

    @Test
    void aSliceGivesBackZerosAround() {
        at(5, 6).check(
                        (nodes, x) ->
                                nodes.add(
                                        "Slice",
                                        List.of(
                                                x,
                                                nodes.longs(1, -4),
                                                nodes.longs(4, 1000),
                                                nodes.longs(0, -1))));
        at(5, 6).check(
                        (nodes, x) ->
                                nodes.add("Slice", List.of(x, nodes.longs(2), nodes.longs(4))));
    }

    @Test
    void paddingIsCutOff() {
        at(2, 3, 4).check((nodes, x) -> nodes.add("Pad", x, nodes.longs(0, 1, 2, 1, 0, 3)));
        at(2, 3, 4)
                .check(
                        (nodes, x) ->
                                nodes.add(
                                        "Pad", List.of(x, nodes.longs(1, 2), "", nodes.longs(-1))));
    }

    @Test
    void copiesMadeByExpandAddUp() {
        at(3, 1).check((nodes, x) -> nodes.add("Expand", x, nodes.longs(2, 3, 4)));
    }

    @Test
    void dropoutPassesTheGradientInInference() {
        at(3, 5).check((nodes, x) -> nodes.add("Dropout", x, nodes.scalar(0.3)));
    }

    /** Pooling gives a gradient that does not vary; these operators meet it in its small form. */
    @Test
    void gradientsThatDoNotVaryPassEveryLayout() {
        at(1, 3, 4, 5).check((nodes, x) -> pooled(nodes, nodes.add("Transpose", x)));
        at(1, 3, 4, 5)
                .check(
                        (nodes, x) ->
                                pooled(nodes, nodes.add("Reshape", x, nodes.longs(1, 6, 2, 5))));
        at(1, 3, 2, 2)
                .check(
                        (nodes, x) ->
                                pooled(
                                        nodes,
                                        nodes.add("Pad", x, nodes.longs(0, 0, 1, 0, 0, 1, 0, 2))));
        at(1, 3, 2, 2)
                .check(
                        (nodes, x) ->
                                pooled(
                                        nodes,
                                        nodes.concat(2, List.of(x, nodes.noise(1, 3, 1, 2)))));
        at(1, 3, 2, 1)
                .check(
                        (nodes, x) ->
                                pooled(nodes, nodes.add("Expand", x, nodes.longs(1, 3, 2, 4))));
        at(1, 2, 4, 5)
                .check((nodes, x) -> pooled(nodes, nodes.add("Conv", x, nodes.noise(3, 2, 2, 2))));
        at(1, 2, 4, 5)
                .check(
                        (nodes, x) ->
                                pooled(
                                        nodes,
                                        nodes.add(
                                                "MaxPool",
                                                x,
                                                attribute("kernel_shape", new long[] {2, 2}))));
        at(3, 1, 1)
                .check((nodes, x) -> pooled(nodes, nodes.add("Add", x, nodes.noise(1, 3, 4, 5))));
    }

    private static String pooled(Nodes nodes, String x) {
        return nodes.add("GlobalAveragePool", x);
    }

    private static FiniteDifferences at(long... sizes) {
        return FiniteDifferences.at(sizes);
    }
}
