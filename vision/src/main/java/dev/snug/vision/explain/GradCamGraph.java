package dev.snug.vision.explain;

import static dev.snug.onnx.GraphBuilder.attribute;

import dev.snug.onnx.ElementType;
import dev.snug.onnx.Graph;
import dev.snug.onnx.GraphBuilder;
import dev.snug.onnx.Model;
import dev.snug.onnx.Node;
import dev.snug.onnx.OnnxException;
import dev.snug.onnx.Port;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.TensorType;
import dev.snug.onnx.shape.ShapeInference;
import dev.snug.onnx.surgery.ReverseMode;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The edit that makes a classifier explain itself: it appends Grad-CAM to the graph, so that one
 * run gives the probabilities and the heat map of one class.
 *
 * <p>With A the activations of the target layer, [1, C, h, w], and s the score of the class:
 *
 * <pre>
 *   heat_map = ReLU( Σ_c  mean_hw( ∂s/∂A_c ) · A_c )       float32 [h, w], not normalised
 * </pre>
 *
 * <p>For a softmax ending the score is the log-odds log(P/(1 − P)), whose gradient at the logits is
 * onehot(class) − Q, where Q is the softmax over the other classes; for a sigmoid it is the logit;
 * for any other ending the output itself. The gradients of P, log P and log-odds differ by positive
 * factors that are the same for the whole map, P·(1 − P) and 1 − P, so the normalised map is that
 * of the probability. Those factors reach 0 in float32 when the model is sure, where a map made
 * with them vanishes or is noise; without them it does not. See
 * docs/decisions/0004-heat-map-as-graph-nodes.md.
 *
 * <p>Source: Selvaraju et al., Grad-CAM, ICCV 2017, arXiv:1610.02391, equations 1 and 2.
 */
public final class GradCamGraph {
    /** The added graph input, int64 [1]: the class to explain, or {@link #TOP_CLASS}. */
    public static final String CLASS_INPUT = "class";

    /** The value of {@link #CLASS_INPUT} that stands for the most probable class. */
    public static final long TOP_CLASS = -1;

    /** The added graph output, float32 [h, w]; {@link HeatMap#of} normalises it. */
    public static final String HEAT_MAP_OUTPUT = "heat_map";

    /** Taken off the logit of the class so that nothing of it is left in a softmax. */
    private static final float OUT_OF_THE_RUNNING = 1e30f;

    private final Graph graph;
    private final GraphBuilder builder;
    private final Port scores;
    private final String target;
    private final Shape activations;

    private GradCamGraph(Graph graph, String target) {
        this.graph = graph;
        this.builder = GraphBuilder.from(graph);
        this.scores = graph.outputs().getFirst();
        this.target = target;
        Optional<TensorType> type = type(graph, target);
        if (!type.map(GradCamGraph::isPicture).orElse(false)) {
            throw new OnnxException(
                    "the target of a heat map must be float[1,C,h,w], %s is %s"
                            .formatted(target, type.map(TensorType::toString).orElse("not known")));
        }
        this.activations = type.get().shape();
        Shape shape = scores.type().shape();
        if (!shape.isFixed() || shape.rank() != 2 || shape.size(0) != 1 || shape.size(1) < 1) {
            throw new OnnxException(
                    "a heat map needs scores of shape [1,classes], %s is %s"
                            .formatted(scores.name(), scores.type()));
        }
    }

    /**
     * The model with {@link #CLASS_INPUT} and {@link #HEAT_MAP_OUTPUT}. Its first output must be
     * the scores of the classes, [1, classes].
     *
     * <p>A class number from the number of classes on gives a map without meaning: check it before.
     *
     * @param target a value of shape [1, C, h, w] that the scores depend on
     * @throws OnnxException when the shapes are others, a name is taken, the operator set is older
     *     than {@link ReverseMode#OPSET_MIN}, or an operator after the target cannot be
     *     differentiated
     */
    public static Model append(Model model, String target) {
        long opset = model.opsets().getOrDefault("", 0L);
        if (opset < ReverseMode.OPSET_MIN) {
            throw new OnnxException(
                    "the heat map needs operator set %d or later, the model has %d; export it anew"
                            .formatted(ReverseMode.OPSET_MIN, opset));
        }
        Model typed = ShapeInference.annotate(model);
        return model.withGraph(new GradCamGraph(typed.graph(), target).append());
    }

    /**
     * The target layer to take when none is asked for: the output of the last convolution that
     * still sees more than one pixel and that the first graph output depends on; empty when there
     * is none.
     */
    public static Optional<String> lastConvolution(Model model) {
        Graph graph = ShapeInference.annotate(model).graph();
        Set<String> needed = new HashSet<>(Set.of(graph.outputs().getFirst().name()));
        for (Node node : graph.nodes().reversed()) {
            if (node.outputs().stream().noneMatch(needed::contains)) {
                continue;
            }
            Optional<TensorType> type = type(graph, node.output(0));
            if (node.is("Conv") && type.map(GradCamGraph::isPicture).orElse(false)) {
                return Optional.of(node.output(0));
            }
            needed.addAll(node.inputs());
        }
        return Optional.empty();
    }

    private static Optional<TensorType> type(Graph graph, String value) {
        return graph.outputs().stream()
                .filter(port -> port.name().equals(value))
                .map(Port::type)
                .findFirst()
                .or(() -> Optional.ofNullable(graph.valueTypes().get(value)));
    }

    private static boolean isPicture(TensorType type) {
        Shape shape = type.shape();
        return type.elementType() == ElementType.FLOAT
                && shape.isFixed()
                && shape.rank() == 4
                && shape.size(0) == 1
                && shape.size(2) * shape.size(3) > 1;
    }

    private Graph append() {
        ReverseMode.Seed seed = seed(oneHot());
        ReverseMode.Gradient gradient = ReverseMode.append(graph, builder, seed, target);
        String map = builder.add("Conv", "heat_map/sum", List.of(target, channelWeights(gradient)));
        String positive = builder.add("Relu", "heat_map/positive", List.of(map));
        if (!builder.fresh(HEAT_MAP_OUTPUT).equals(HEAT_MAP_OUTPUT)) {
            throw new OnnxException("the name " + HEAT_MAP_OUTPUT + " is already taken");
        }
        builder.addNode("Squeeze", List.of(positive, longs(0, 1)), List.of(HEAT_MAP_OUTPUT));
        TensorType type = TensorType.floats(activations.size(2), activations.size(3));
        builder.output(HEAT_MAP_OUTPUT, type);
        return builder.build();
    }

    /** A row of 0 with 1 at the class to explain. */
    private String oneHot() {
        builder.input(CLASS_INPUT, new TensorType(ElementType.INT64, Shape.of(1)));
        String top =
                builder.add(
                        "ArgMax",
                        "heat_map/top",
                        List.of(scores.name()),
                        attribute("axis", 1),
                        attribute("keepdims", 0));
        String isAsked = builder.add("Less", "heat_map/any", List.of(CLASS_INPUT, longs(0)));
        String chosen = builder.add("Where", "heat_map/class", List.of(isAsked, top, CLASS_INPUT));
        String offAndOn =
                builder.initializer("heat_map/off_on", Tensor.floats(new float[] {0, 1}, 2));
        String classes = longs(scores.type().shape().size(1));
        return builder.add("OneHot", "heat_map/one_hot", List.of(chosen, classes, offAndOn));
    }

    private ReverseMode.Seed seed(String oneHot) {
        Optional<Node> ending = graph.producer(scores.name());
        if (ending.isPresent() && ending.get().is("Sigmoid")) {
            return new ReverseMode.Seed(ending.get().input(0), oneHot);
        }
        if (ending.isPresent() && isSoftmaxOverClasses(ending.get())) {
            String logits = ending.get().input(0);
            return new ReverseMode.Seed(logits, logOddsGradient(logits, oneHot));
        }
        return new ReverseMode.Seed(scores.name(), oneHot);
    }

    private static boolean isSoftmaxOverClasses(Node node) {
        long axis = node.longAttribute("axis", -1);
        return node.is("Softmax") && (axis == -1 || axis == 1);
    }

    /** One-hot less the softmax over the other classes; 0 when there is no other class. */
    private String logOddsGradient(String logits, String oneHot) {
        String huge = builder.initializer("heat_map/huge", Tensor.scalar(OUT_OF_THE_RUNNING));
        String excluded = builder.add("Mul", "heat_map/excluded", List.of(oneHot, huge));
        String others = builder.add("Sub", "heat_map/others", List.of(logits, excluded));
        String share = builder.add("Softmax", "heat_map/share", List.of(others));
        return builder.add("Sub", "heat_map/seed", List.of(oneHot, share));
    }

    /** The mean gradient of each channel, [1, C, 1, 1], which is a 1 × 1 convolution's kernel. */
    private String channelWeights(ReverseMode.Gradient gradient) {
        String weights = gradient.value();
        if (gradient.shape().size(2) > 1 || gradient.shape().size(3) > 1) {
            weights = builder.add("ReduceMean", "heat_map/weights", List.of(weights, longs(2, 3)));
        }
        if (gradient.shape().size(1) != activations.size(1)) {
            String shape = longs(1, activations.size(1), 1, 1);
            weights = builder.add("Expand", "heat_map/weights", List.of(weights, shape));
        }
        return weights;
    }

    private String longs(long... values) {
        return builder.initializer("heat_map/longs", Tensor.longs(values, values.length));
    }
}
