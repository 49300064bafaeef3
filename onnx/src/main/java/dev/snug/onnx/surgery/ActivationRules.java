package dev.snug.onnx.surgery;

import java.util.HashMap;
import java.util.Map;

/**
 * Derivatives of functions applied to each element.
 *
 * <p>Where it can be had from the result the input is not read: it may then still be fused into the
 * operator before.
 */
final class ActivationRules {
    /** The factors of the tanh form of GELU (Hendrycks and Gimpel 2016, arXiv:1606.08415). */
    private static final double GELU_SCALE = Math.sqrt(2 / Math.PI);

    private static final double GELU_CUBIC = 0.044715;

    static final Map<String, Rule> ALL = new HashMap<>();

    /** The derivative of a function at each element, as a factor for the gradient. */
    @FunctionalInterface
    private interface Slope {
        Term at(Step step, BackwardGraph graph);
    }

    static {
        ALL.put("Relu", ActivationRules::relu);
        ALL.put("Clip", ActivationRules::clip);
        ALL.put("LeakyRelu", ActivationRules::leakyRelu);
        ALL.put("PRelu", ActivationRules::parametricRelu);
        ALL.put("Elu", ActivationRules::elu);
        ALL.put("HardSigmoid", ActivationRules::hardSigmoid);
        ALL.put("HardSwish", ActivationRules::hardSwish);
        ALL.put("Gelu", ActivationRules::gelu);
        slope("Sigmoid", (step, graph) -> sigmoidSlope(step.y(), graph));
        slope("Tanh", (step, graph) -> tanhSlope(step.y(), graph));
        slope("Softplus", (step, graph) -> graph.unary("Sigmoid", step.x()));
        slope("Softsign", (step, graph) -> softsignSlope(step.x(), graph));
        slope("Erf", (step, graph) -> erfSlope(step.x(), graph));
        slope("Abs", (step, graph) -> graph.unary("Sign", step.x()));
        slope("Exp", (step, graph) -> step.y());
        ALL.put("Log", (step, index) -> step.graph().div(step.gradient(), step.x()));
        ALL.put("Neg", (step, index) -> step.graph().unary("Neg", step.gradient()));
        ALL.put("Sqrt", ActivationRules::squareRoot);
        ALL.put("Reciprocal", ActivationRules::reciprocal);
    }

    private ActivationRules() {}

    private static void slope(String operator, Slope slope) {
        ALL.put(
                operator,
                (step, index) -> step.graph().mul(step.gradient(), slope.at(step, step.graph())));
    }

    private static Term relu(Step step, int index) {
        BackwardGraph graph = step.graph();
        return graph.keep(graph.binary("Greater", step.y(), graph.scalar(0)), step.gradient());
    }

    private static Term clip(Step step, int index) {
        step.firstInputOnly(index);
        BackwardGraph graph = step.graph();
        Term gradient = step.gradient();
        if (!step.node().input(1).isEmpty()) {
            gradient = graph.keep(graph.binary("Greater", step.y(), step.input(1)), gradient);
        }
        if (!step.node().input(2).isEmpty()) {
            gradient = graph.keep(graph.binary("Less", step.y(), step.input(2)), gradient);
        }
        return gradient;
    }

    private static Term leakyRelu(Step step, int index) {
        double alpha = step.node().floatAttribute("alpha", 0.01f);
        BackwardGraph graph = step.graph();
        return besideZero(step, graph.scale(step.gradient(), alpha));
    }

    private static Term parametricRelu(Step step, int index) {
        step.firstInputOnly(index);
        return besideZero(step, step.graph().mul(step.gradient(), step.input(1)));
    }

    private static Term elu(Step step, int index) {
        BackwardGraph graph = step.graph();
        Term slope = graph.add(step.y(), graph.scalar(step.node().floatAttribute("alpha", 1)));
        return besideZero(step, graph.mul(step.gradient(), slope));
    }

    /** The gradient itself where the input is above 0, {@code below} elsewhere. */
    private static Term besideZero(Step step, Term below) {
        BackwardGraph graph = step.graph();
        Term positive = graph.binary("Greater", step.x(), graph.scalar(0));
        return graph.where(positive, step.gradient(), below);
    }

    private static Term hardSigmoid(Step step, int index) {
        BackwardGraph graph = step.graph();
        Term above = graph.binary("Greater", step.y(), graph.scalar(0));
        Term below = graph.binary("Less", step.y(), graph.scalar(1));
        double alpha = step.node().floatAttribute("alpha", 0.2f);
        return graph.keep(above, graph.keep(below, graph.scale(step.gradient(), alpha)));
    }

    /** y = x · clip(x/6 + 1/2, 0, 1): slope x/3 + 1/2 between −3 and 3, 0 before and 1 after. */
    private static Term hardSwish(Step step, int index) {
        BackwardGraph graph = step.graph();
        Term slope = graph.add(graph.scale(step.x(), 1 / 3.0), graph.scalar(0.5));
        Term low = graph.binary("Greater", step.x(), graph.scalar(-3));
        Term high = graph.binary("Less", step.x(), graph.scalar(3));
        Term inside = graph.where(high, graph.mul(step.gradient(), slope), step.gradient());
        return graph.keep(low, inside);
    }

    private static Term gelu(Step step, int index) {
        BackwardGraph graph = step.graph();
        boolean tanh = step.node().stringAttribute("approximate", "none").equals("tanh");
        Term slope = tanh ? tanhGeluSlope(step.x(), graph) : geluSlope(step.x(), graph);
        return graph.mul(step.gradient(), slope);
    }

    /** Φ(x) + x·φ(x) with the normal distribution Φ and its density φ. */
    private static Term geluSlope(Term x, BackwardGraph graph) {
        Term erf = graph.unary("Erf", graph.scale(x, Math.sqrt(0.5)));
        Term distribution = graph.scale(graph.add(erf, graph.scalar(1)), 0.5);
        Term bell = graph.unary("Exp", graph.scale(graph.mul(x, x), -0.5));
        Term density = graph.scale(bell, 1 / Math.sqrt(2 * Math.PI));
        return graph.add(distribution, graph.mul(x, density));
    }

    /** (1 + t)/2 + x(1 − t²)u′/2 with t = tanh u, u = scale·(x + cubic·x³). */
    private static Term tanhGeluSlope(Term x, BackwardGraph graph) {
        Term square = graph.mul(x, x);
        Term cubic = graph.add(graph.scale(square, GELU_CUBIC), graph.scalar(1));
        Term tanh = graph.unary("Tanh", graph.scale(graph.mul(x, cubic), GELU_SCALE));
        Term inner =
                graph.add(
                        graph.scale(square, 3 * GELU_CUBIC * GELU_SCALE), graph.scalar(GELU_SCALE));
        Term bend = graph.mul(x, graph.mul(tanhSlope(tanh, graph), inner));
        return graph.scale(graph.add(graph.add(tanh, graph.scalar(1)), bend), 0.5);
    }

    private static Term sigmoidSlope(Term y, BackwardGraph graph) {
        return graph.mul(y, graph.sub(graph.scalar(1), y));
    }

    private static Term tanhSlope(Term y, BackwardGraph graph) {
        return graph.sub(graph.scalar(1), graph.mul(y, y));
    }

    private static Term softsignSlope(Term x, BackwardGraph graph) {
        Term base = graph.add(graph.unary("Abs", x), graph.scalar(1));
        return graph.unary("Reciprocal", graph.mul(base, base));
    }

    private static Term erfSlope(Term x, BackwardGraph graph) {
        Term bell = graph.unary("Exp", graph.unary("Neg", graph.mul(x, x)));
        return graph.scale(bell, 2 / Math.sqrt(Math.PI));
    }

    private static Term squareRoot(Step step, int index) {
        BackwardGraph graph = step.graph();
        return graph.div(graph.scale(step.gradient(), 0.5), step.y());
    }

    private static Term reciprocal(Step step, int index) {
        BackwardGraph graph = step.graph();
        Term slope = graph.unary("Neg", graph.mul(step.y(), step.y()));
        return graph.mul(step.gradient(), slope);
    }
}
