package dev.snug.vision.explain;

import static dev.snug.onnx.GraphBuilder.attribute;

import dev.snug.vision.explain.FiniteDifferences.Function;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

/** Gradients of operators on each element. Oracle: {@link FiniteDifferences}. */
final class ElementwiseGradientTest {
    private static final double GRID = FiniteDifferences.GRID;

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "Relu",
                "Sigmoid",
                "Tanh",
                "Elu",
                "LeakyRelu",
                "Gelu",
                "HardSigmoid",
                "HardSwish",
                "Exp",
                "Neg",
                "Abs",
                "Erf",
                "Softplus",
                "Softsign",
                "Identity"
            })
    void functionsOfOneValueHaveTheirSlope(String operator) {
        FiniteDifferences.at(3, 7, 5).check((nodes, x) -> nodes.add(operator, wide(nodes, x)));
    }

    /** From −5.2 to 5.2, in steps that keep away from where the hard functions have corners. */
    private static String wide(Nodes nodes, String x) {
        return nodes.add("Mul", x, nodes.scalar(2.5));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"Log", "Sqrt", "Reciprocal"})
    void functionsOfPositiveValuesHaveTheirSlope(String operator) {
        at(15).above(10 * GRID).check((nodes, x) -> nodes.add(operator, x));
    }

    @Test
    void attributesShapeTheSlope() {
        at(21).check((nodes, x) -> nodes.add("Elu", x, attribute("alpha", 0.3f)));
        at(21).check((nodes, x) -> nodes.add("LeakyRelu", x, attribute("alpha", 0.3f)));
        at(21).check((nodes, x) -> nodes.add("Gelu", x, attribute("approximate", "tanh")));
        at(21).check(
                        (nodes, x) ->
                                nodes.add(
                                        "HardSigmoid",
                                        nodes.add("Mul", x, nodes.scalar(2.5)),
                                        attribute("alpha", 1f),
                                        attribute("beta", 0.5f)));
    }

    @Test
    void clipPassesTheGradientBetweenItsBounds() {
        at(5, 9).check((nodes, x) -> clip(nodes, x, scalar(nodes, -4), scalar(nodes, 8)));
        at(5, 9).check((nodes, x) -> clip(nodes, x, "", scalar(nodes, 2)));
        at(5, 9).check((nodes, x) -> clip(nodes, x, scalar(nodes, 0), ""));
        at(5, 9).check((nodes, x) -> nodes.add("Clip", x));
    }

    private static String scalar(Nodes nodes, int steps) {
        return nodes.scalar(GRID * steps);
    }

    private static String clip(Nodes nodes, String x, String least, String most) {
        return nodes.add("Clip", List.of(x, least, most));
    }

    @Test
    void parametricReluScalesBelowZeroByChannel() {
        FiniteDifferences.at(1, 3, 2, 5)
                .check((nodes, x) -> nodes.add("PRelu", x, nodes.positive(3, 1, 1)));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"Add", "Sub", "Mul", "Div"})
    void eitherOperandGetsItsShareWhereBothDependOnTheTarget(String operator) {
        at(3, 4).check(
                        (nodes, x) ->
                                nodes.add(operator, nodes.add("Sigmoid", x), nodes.add("Exp", x)));
        at(3, 4).check((nodes, x) -> nodes.add(operator, x, nodes.positive(3, 4)));
        at(3, 4).above(GRID * 10).check((nodes, x) -> nodes.add(operator, nodes.noise(3, 4), x));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"Add", "Sub", "Mul", "Div", "Sum", "Mean"})
    void anOperandThatWasBroadcastGetsTheSumOfItsGradients(String operator) {
        for (long[] operand : new long[][] {{3, 1, 5}, {1, 5}, {5}, {1}, {}, {1, 1, 1}}) {
            Function first = (nodes, x) -> nodes.add(operator, x, nodes.positive(2, 3, 4, 5));
            Function second = (nodes, x) -> nodes.add(operator, nodes.positive(2, 3, 4, 5), x);
            FiniteDifferences.at(operand).above(GRID * 10).check(first);
            FiniteDifferences.at(operand).above(GRID * 10).check(second);
        }
    }

    @Test
    void aValueUsedTwiceGetsTheSumOfBothGradients() {
        at(17).check((nodes, x) -> nodes.add("Mul", x, x));
        at(17).check((nodes, x) -> nodes.add("Mul", x, nodes.add("Sigmoid", x)));
        at(17).check((nodes, x) -> nodes.add("Sum", List.of(x, nodes.add("Exp", x), x)));
        at(17).check((nodes, x) -> nodes.add("Mean", List.of(x, nodes.add("Exp", x), x)));
    }

    @Test
    void powersOfAConstantExponentHaveTheirSlope() {
        at(11).check((nodes, x) -> nodes.add("Pow", x, nodes.scalar(3)));
        at(2, 5).above(5 * GRID).check((nodes, x) -> nodes.add("Pow", x, nodes.positive(5)));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"Max", "Min"})
    void theGradientGoesToTheExtremeOperand(String operator) {
        at(4, 5).check(
                        (nodes, x) ->
                                nodes.add(
                                        operator,
                                        List.of(x, nodes.scalar(5 * GRID), nodes.add("Neg", x))));
    }

    @Test
    void aChoiceSendsTheGradientToTheChosenSide() {
        at(4, 5).check(
                        (nodes, x) -> {
                            String large = nodes.add("Greater", x, nodes.scalar(3 * GRID));
                            return nodes.add("Where", List.of(large, nodes.add("Exp", x), x));
                        });
    }

    private static FiniteDifferences at(long... sizes) {
        return FiniteDifferences.at(sizes);
    }
}
