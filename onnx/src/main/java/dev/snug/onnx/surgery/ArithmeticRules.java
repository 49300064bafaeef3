package dev.snug.onnx.surgery;

import java.util.Map;

/** Derivatives of operators that combine tensors element by element, with broadcasting. */
final class ArithmeticRules {
    static final Map<String, Rule> ALL =
            Map.ofEntries(
                    Map.entry("Add", (step, index) -> step.sumTo(step.gradient(), index)),
                    Map.entry("Sum", (step, index) -> step.sumTo(step.gradient(), index)),
                    Map.entry("Mean", ArithmeticRules::mean),
                    Map.entry("Sub", ArithmeticRules::subtract),
                    Map.entry("Mul", ArithmeticRules::multiply),
                    Map.entry("Div", ArithmeticRules::divide),
                    Map.entry("Pow", ArithmeticRules::power),
                    Map.entry("Max", ArithmeticRules::extreme),
                    Map.entry("Min", ArithmeticRules::extreme),
                    Map.entry("Where", ArithmeticRules::choose));

    private ArithmeticRules() {}

    private static Term mean(Step step, int index) {
        double share = 1.0 / step.node().inputs().size();
        return step.sumTo(step.graph().scale(step.gradient(), share), index);
    }

    private static Term subtract(Step step, int index) {
        Term summed = step.sumTo(step.gradient(), index);
        return index == 0 ? summed : step.graph().unary("Neg", summed);
    }

    private static Term multiply(Step step, int index) {
        return step.sumTo(step.graph().mul(step.gradient(), step.input(1 - index)), index);
    }

    private static Term divide(Step step, int index) {
        BackwardGraph graph = step.graph();
        Term divided = graph.div(step.gradient(), step.input(1));
        if (index == 0) {
            return step.sumTo(divided, 0);
        }
        return step.sumTo(graph.unary("Neg", graph.mul(divided, step.y())), 1);
    }

    private static Term power(Step step, int index) {
        step.firstInputOnly(index);
        BackwardGraph graph = step.graph();
        Term exponent = step.input(1);
        Term lower = graph.binary("Pow", step.x(), graph.sub(exponent, graph.scalar(1)));
        return step.sumTo(graph.mul(step.gradient(), graph.mul(exponent, lower)), 0);
    }

    /** To each operand where it is the extreme; operands that tie get the gradient each. */
    private static Term extreme(Step step, int index) {
        BackwardGraph graph = step.graph();
        Term chosen = graph.binary("Equal", step.input(index), step.y());
        return step.sumTo(graph.keep(chosen, step.gradient()), index);
    }

    /** The condition has the full shape here whatever its own: the gradient is given in full. */
    private static Term choose(Step step, int index) {
        BackwardGraph graph = step.graph();
        Term condition = new Term(step.node().input(0), step.y().shape());
        Term gradient = step.fullGradient();
        Term zero = graph.scalar(0);
        return step.sumTo(
                index == 1
                        ? graph.where(condition, gradient, zero)
                        : graph.where(condition, zero, gradient),
                index);
    }
}
