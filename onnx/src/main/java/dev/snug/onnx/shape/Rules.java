package dev.snug.onnx.shape;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rule of each operator that Snug's own graphs use and of those that ONNX Runtime puts in their
 * place when it rewrites a graph; of others nothing is inferred.
 *
 * <p>Source: the operator schemas of ONNX, operator sets 11 to 22; where an operator took axes,
 * pads or slices as attributes in an older set, both forms are read. ONNX Runtime's own: its
 * ContribOperators.md, and nchwc_schema_defs.cc for convolutions laid out in blocks.
 */
final class Rules {
    private static final String MICROSOFT = "com.microsoft";
    private static final String NCHWC = "com.microsoft.nchwc";

    private record Family(Rule rule, String domain, String operators) {
        Family(Rule rule, String operators) {
            this(rule, "", operators);
        }

        Stream<String> keys() {
            return Stream.of(operators.split(" ")).map(operator -> key(domain, operator));
        }
    }

    private static final Map<String, Rule> BY_OPERATOR =
            Stream.of(
                            new Family(
                                    ElementwiseRules::unary,
                                    "Abs Ceil Celu Clip Cos Elu Erf Exp Floor Gelu HardSigmoid"
                                        + " HardSwish Identity LeakyRelu Log LogSoftmax Mish Neg"
                                        + " Not PRelu Reciprocal Relu Round Selu Sigmoid Sign Sin"
                                        + " Softmax Softplus Softsign Sqrt Tanh ThresholdedRelu"
                                        + " LayerNormalization"),
                            new Family(
                                    ElementwiseRules::unary,
                                    MICROSOFT,
                                    "BiasGelu FastGelu Gelu QuickGelu RotaryEmbedding"),
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
                            new Family(ElementwiseRules::dequantize, "DequantizeLinear"),
                            new Family(
                                    ElementwiseRules::random, "RandomNormalLike RandomUniformLike"),
                            new Family(ElementwiseRules::dropout, "Dropout"),
                            new Family(ElementwiseRules::batchNormalization, "BatchNormalization"),
                            new Family(WindowRules::convolution, "Conv"),
                            new Family(WindowRules::convolution, MICROSOFT, "FusedConv"),
                            new Family(WindowRules::transposed, "ConvTranspose"),
                            new Family(BlockRules::convolution, NCHWC, "Conv"),
                            new Family(BlockRules::reorderInput, NCHWC, "ReorderInput"),
                            new Family(BlockRules::reorderOutput, NCHWC, "ReorderOutput"),
                            new Family(WindowRules::pool, NCHWC, "AveragePool MaxPool"),
                            new Family(
                                    WindowRules::globalPool,
                                    NCHWC,
                                    "GlobalAveragePool GlobalMaxPool"),
                            new Family(AttentionRules::attention, MICROSOFT, "MultiHeadAttention"),
                            new Family(
                                    AttentionRules::skipNorm, MICROSOFT, "SkipLayerNormalization"),
                            new Family(WindowRules::pool, "AveragePool MaxPool"),
                            new Family(WindowRules::globalPool, "GlobalAveragePool GlobalMaxPool"),
                            new Family(MatrixRules::gemm, "Gemm"),
                            new Family(MatrixRules::gemm, MICROSOFT, "FusedGemm"),
                            new Family(MatrixRules::matMul, "MatMul"),
                            new Family(MatrixRules::matMul, MICROSOFT, "FusedMatMul"),
                            new Family(RoundingRules::dynamic, "DynamicQuantizeLinear"),
                            new Family(
                                    RoundingRules::wholeProduct, MICROSOFT, "MatMulIntegerToFloat"),
                            new Family(RoundingRules::blockProduct, MICROSOFT, "MatMulNBits"),
                            new Family(LayoutRules::concat, "Concat"),
                            new Family(SplitRules::split, "Split"),
                            new Family(SplitRules::tile, "Tile"),
                            new Family(SplitRules::constantOfShape, "ConstantOfShape"),
                            new Family(SplitRules::range, "Range"),
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
                    .flatMap(family -> family.keys().map(key -> Map.entry(key, family.rule)))
                    .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

    /** The rule of {@code operator}; one that does nothing when the operator is not known. */
    static Rule of(String domain, String operator) {
        return BY_OPERATOR.getOrDefault(key(domain, operator), site -> {});
    }

    private static String key(String domain, String operator) {
        return domain.isEmpty() || domain.equals("ai.onnx") ? operator : domain + ":" + operator;
    }

    private Rules() {}
}
