package dev.snug.vision.explain;

import static dev.snug.onnx.GraphBuilder.attribute;

import dev.snug.onnx.GraphBuilder.Named;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

/** Gradients of products with weights. Oracle: {@link FiniteDifferences}. */
final class LinearGradientTest {
    @ParameterizedTest(name = "transA {0}, transB {1}")
    @CsvSource({"0, 0", "0, 1", "1, 0", "1, 1"})
    void gemmGivesEachOperandItsGradient(long transA, long transB) {
        long[] a = transA == 0 ? new long[] {3, 4} : new long[] {4, 3};
        long[] b = transB == 0 ? new long[] {4, 5} : new long[] {5, 4};
        FiniteDifferences.at(a)
                .check(
                        (nodes, x) ->
                                gemm(nodes, x, nodes.noise(b), nodes.noise(5), transA, transB));
        FiniteDifferences.at(b)
                .check(
                        (nodes, x) ->
                                gemm(nodes, nodes.noise(a), x, nodes.noise(5), transA, transB));
        for (long[] c : new long[][] {{3, 5}, {5}, {3, 1}, {1, 5}, {}}) {
            FiniteDifferences.at(c)
                    .check(
                            (nodes, x) ->
                                    gemm(nodes, nodes.noise(a), nodes.noise(b), x, transA, transB));
        }
    }

    private static String gemm(
            Nodes nodes, String a, String b, String c, long transA, long transB) {
        return nodes.add(
                "Gemm",
                List.of(a, b, c),
                attribute("alpha", 0.7f),
                attribute("beta", 1.3f),
                attribute("transA", transA),
                attribute("transB", transB));
    }

    @Test
    void matMulGivesEachFactorItsGradient() {
        FiniteDifferences.at(3, 4).check((nodes, x) -> nodes.add("MatMul", x, nodes.noise(4, 5)));
        FiniteDifferences.at(3, 4).check((nodes, x) -> nodes.add("MatMul", nodes.noise(5, 3), x));
    }

    @Test
    void matMulOfManyMatricesAddsWhatWasBroadcast() {
        FiniteDifferences.at(2, 3, 4)
                .check((nodes, x) -> nodes.add("MatMul", x, nodes.noise(4, 5)));
        FiniteDifferences.at(4, 5)
                .check((nodes, x) -> nodes.add("MatMul", nodes.noise(2, 3, 4), x));
        FiniteDifferences.at(2, 1, 3, 4)
                .check((nodes, x) -> nodes.add("MatMul", x, nodes.noise(3, 4, 2)));
        FiniteDifferences.at(3, 2, 4)
                .check((nodes, x) -> nodes.add("MatMul", nodes.noise(2, 1, 3, 2), x));
    }

    @Test
    void aConvolutionIsUndoneByItsTransposeWhateverItsStridePaddingAndDilation() {
        for (long[] kernel : new long[][] {{1, 1}, {2, 3}}) {
            for (long[] strides : new long[][] {{1, 1}, {2, 3}}) {
                for (long[] pads : new long[][] {{0, 0, 0, 0}, {1, 0, 2, 1}}) {
                    for (long[] dilations : new long[][] {{1, 1}, {2, 1}}) {
                        checkConvolution(kernel, strides, pads, dilations);
                    }
                }
            }
        }
    }

    private static void checkConvolution(
            long[] kernel, long[] strides, long[] pads, long[] dilations) {
        FiniteDifferences.at(1, 2, 5, 6)
                .check(
                        (nodes, x) ->
                                nodes.add(
                                        "Conv",
                                        List.of(
                                                x,
                                                nodes.noise(3, 2, kernel[0], kernel[1]),
                                                nodes.noise(3)),
                                        attribute("strides", strides),
                                        attribute("pads", pads),
                                        attribute("dilations", dilations)));
    }

    @ParameterizedTest(name = "{0} groups, {1} output channels")
    @CsvSource({"2, 6", "4, 4", "4, 8"})
    void aConvolutionOfGroupsIsUndoneGroupByGroup(long groups, long channels) {
        FiniteDifferences.at(1, 4, 5, 4)
                .check(
                        (nodes, x) ->
                                nodes.add(
                                        "Conv",
                                        x,
                                        nodes.noise(channels, 4 / groups, 3, 2),
                                        attribute("group", groups),
                                        attribute("strides", new long[] {2, 1})));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"SAME_UPPER", "SAME_LOWER", "VALID"})
    void paddingThatTheOperatorChoosesIsUndone(String padding) {
        Named[] attributes = {
            attribute("auto_pad", padding), attribute("strides", new long[] {2, 3})
        };
        FiniteDifferences.at(1, 2, 7, 5)
                .check((nodes, x) -> nodes.add("Conv", x, nodes.noise(2, 2, 4, 4), attributes));
    }

    @Test
    void aConvolutionOverOneAxisIsUndone() {
        FiniteDifferences.at(2, 3, 9)
                .check(
                        (nodes, x) ->
                                nodes.add(
                                        "Conv",
                                        x,
                                        nodes.noise(2, 3, 3),
                                        attribute("strides", new long[] {2})));
    }

    @Test
    void batchNormalizationScalesEachChannel() {
        FiniteDifferences.at(2, 3, 2, 3).check(LinearGradientTest::batchNormalization);
        FiniteDifferences.at(4, 3).check(LinearGradientTest::batchNormalization);
    }

    private static String batchNormalization(Nodes nodes, String x) {
        String noise = nodes.noise(3);
        List<String> inputs = List.of(x, nodes.noise(3), noise, noise, nodes.positive(3));
        return nodes.add("BatchNormalization", inputs, attribute("epsilon", 1e-3f));
    }
}
