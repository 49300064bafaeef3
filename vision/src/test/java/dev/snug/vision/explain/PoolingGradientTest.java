package dev.snug.vision.explain;

import static dev.snug.onnx.GraphBuilder.attribute;

import dev.snug.onnx.GraphBuilder.Named;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.List;

/** Gradients of pooling, reductions and softmax. Oracle: {@link FiniteDifferences}. */
final class PoolingGradientTest {
    private static final String[] POOLS = {"MaxPool", "AveragePool"};

    @Test
    void windowsThatOverlapSkipOrReachIntoThePaddingAreUndone() {
        for (String pool : POOLS) {
            for (long[] kernel : new long[][] {{2, 2}, {3, 2}}) {
                for (long[] strides : new long[][] {{1, 1}, {2, 3}}) {
                    for (long[] pads : new long[][] {{0, 0, 0, 0}, {1, 0, 1, 1}}) {
                        check(
                                pool,
                                attribute("kernel_shape", kernel),
                                attribute("strides", strides),
                                attribute("pads", pads));
                    }
                }
            }
        }
    }

    private static void check(String pool, Named... attributes) {
        FiniteDifferences.at(1, 2, 5, 6).check((nodes, x) -> nodes.add(pool, x, attributes));
    }

    @Test
    void aLastWindowThatReachesPastTheEndIsUndone() {
        for (String pool : POOLS) {
            check(
                    pool,
                    attribute("kernel_shape", new long[] {3, 3}),
                    attribute("strides", new long[] {3, 2}),
                    attribute("ceil_mode", 1));
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"SAME_UPPER", "SAME_LOWER", "VALID"})
    void paddingThatTheOperatorChoosesIsUndone(String padding) {
        for (String pool : POOLS) {
            check(
                    pool,
                    attribute("kernel_shape", new long[] {3, 2}),
                    attribute("strides", new long[] {2, 2}),
                    attribute("auto_pad", padding));
        }
    }

    @Test
    void anAverageThatCountsPaddingSharesAmongAllOfTheWindow() {
        check(
                "AveragePool",
                attribute("kernel_shape", new long[] {3, 3}),
                attribute("pads", new long[] {1, 1, 1, 1}),
                attribute("count_include_pad", 1));
    }

    @Test
    void windowsWithGapsAreUndone() {
        check(
                "MaxPool",
                attribute("kernel_shape", new long[] {3, 2}),
                attribute("dilations", new long[] {2, 3}));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"GlobalAveragePool", "GlobalMaxPool"})
    void globalPoolingIsUndone(String operator) {
        FiniteDifferences.at(2, 3, 3, 4).check((nodes, x) -> nodes.add(operator, x));
        FiniteDifferences.at(1, 3, 5).check((nodes, x) -> nodes.add(operator, x));
    }

    @ParameterizedTest(name = "{0}, keepdims {1}")
    @CsvSource({
        "ReduceSum, 0", "ReduceSum, 1", "ReduceMean, 0", "ReduceMean, 1",
        "ReduceMax, 0", "ReduceMax, 1", "ReduceMin, 0", "ReduceMin, 1"
    })
    void reductionsAreUndone(String operator, long keep) {
        List<long[]> choices = new ArrayList<>(List.of(new long[] {1}, new long[] {-1, 0}));
        for (long[] axes : choices) {
            FiniteDifferences.at(3, 4, 5)
                    .check(
                            (nodes, x) ->
                                    nodes.add(
                                            operator,
                                            x,
                                            nodes.longs(axes),
                                            attribute("keepdims", keep)));
        }
        FiniteDifferences.at(3, 4)
                .check((nodes, x) -> nodes.add(operator, x, attribute("keepdims", keep)));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"Softmax", "LogSoftmax"})
    void softmaxIsUndoneOnAnyAxis(String operator) {
        for (long axis : new long[] {-1, 1, 0}) {
            FiniteDifferences.at(2, 3, 4)
                    .check((nodes, x) -> nodes.add(operator, x, attribute("axis", axis)));
        }
        FiniteDifferences.at(2, 5)
                .check(
                        (nodes, x) ->
                                nodes.add("ReduceSum", nodes.add(operator, x), nodes.longs(0)));
    }

    @Test
    void aGateMadeByPoolingAddsBothPaths() {
        FiniteDifferences.at(1, 4, 3, 3)
                .check(
                        (nodes, x) -> {
                            String pooled = nodes.add("GlobalAveragePool", x);
                            String dense = nodes.add("Conv", pooled, nodes.noise(4, 4, 1, 1));
                            return nodes.add("Mul", x, nodes.add("Sigmoid", dense));
                        });
    }

    @Test
    void poolingAfterConvolutionAndActivationIsUndone() {
        FiniteDifferences.at(1, 2, 6, 7)
                .check(
                        (nodes, x) -> {
                            String y = nodes.add("Conv", x, nodes.noise(3, 2, 3, 3));
                            y = nodes.add("Mul", y, nodes.add("Sigmoid", y));
                            y =
                                    nodes.add(
                                            "AveragePool",
                                            y,
                                            attribute("kernel_shape", new long[] {2, 2}));
                            y = nodes.add("GlobalAveragePool", y);
                            return nodes.add("Flatten", y);
                        });
    }
}
