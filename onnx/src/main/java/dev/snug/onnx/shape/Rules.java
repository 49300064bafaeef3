package dev.snug.onnx.shape;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rule of each standard operator that Snug's own graphs use; of others nothing is inferred.
 *
 * <p>Source: the operator schemas of ONNX, operator sets 11 to 22; where an operator took axes,
 * pads or slices as attributes in an older set, both forms are read.
 */
final class Rules {
    private record Family(Rule rule, String operators) {}

    private static final Map<String, Rule> BY_OPERATOR =
            Stream.of(
                            new Family(
                                    ElementwiseRules::unary,
                                    "Abs Ceil Celu Clip Cos Elu Erf Exp Floor Gelu HardSigmoid"
                                        + " HardSwish Identity LeakyRelu Log LogSoftmax Mish Neg"
                                        + " Not PRelu Reciprocal Relu Round Selu Sigmoid Sign Sin"
                                        + " Softmax Softplus Softsign Sqrt Tanh ThresholdedRelu"),
                            new Family(ElementwiseRules::test, "IsInf IsNaN"),
                            new Family(
                                    ElementwiseRules::broadcast,
                                    "Add And Div Max Mean Min Mod Mul Or Sub Sum Xor"),
                            new Family(ElementwiseRules::power, "Pow"),
                            new Family(
                                    ElementwiseRules::comparison,
                                    "Equal Greater GreaterOrEqual Less LessOrEqual"),
                            new Family(ElementwiseRules::where, "Where"),
                            new Family(ElementwiseRules::cast, "Cast"),
                            new Family(ElementwiseRules::dropout, "Dropout"),
                            new Family(ElementwiseRules::batchNormalization, "BatchNormalization"),
                            new Family(WindowRules::convolution, "Conv"),
                            new Family(WindowRules::pool, "AveragePool MaxPool"),
                            new Family(WindowRules::globalPool, "GlobalAveragePool GlobalMaxPool"),
                            new Family(MatrixRules::gemm, "Gemm"),
                            new Family(MatrixRules::matMul, "MatMul"),
                            new Family(LayoutRules::concat, "Concat"),
                            new Family(LayoutRules::reshape, "Reshape"),
                            new Family(LayoutRules::flatten, "Flatten"),
                            new Family(LayoutRules::transpose, "Transpose"),
                            new Family(LayoutRules::squeeze, "Squeeze"),
                            new Family(LayoutRules::unsqueeze, "Unsqueeze"),
                            new Family(LayoutRules::expand, "Expand"),
                            new Family(LayoutRules::pad, "Pad"),
                            new Family(SelectionRules::slice, "Slice"),
                            new Family(SelectionRules::gather, "Gather"),
                            new Family(SelectionRules::gatherElements, "GatherElements"),
                            new Family(SelectionRules::oneHot, "OneHot"),
                            new Family(SelectionRules::shape, "Shape"),
                            new Family(SelectionRules::size, "Size"),
                            new Family(SelectionRules::constant, "Constant"),
                            new Family(
                                    ReductionRules::reduce,
                                    "ReduceL1 ReduceL2 ReduceMax ReduceMean ReduceMin ReduceProd"
                                            + " ReduceSum ReduceSumSquare"),
                            new Family(ReductionRules::index, "ArgMax ArgMin"))
                    .flatMap(
                            family ->
                                    Stream.of(family.operators.split(" "))
                                            .map(name -> Map.entry(name, family.rule)))
                    .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    /** The rule of a standard operator; one that does nothing when the operator is not known. */
    static Rule of(String operator) {
        return BY_OPERATOR.getOrDefault(operator, site -> {});
    }

    private Rules() {}
}
