package dev.snug.bench.memory;

import dev.snug.onnx.quantize.Precision;
import dev.snug.runtime.bundle.ModelName;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One thing to measure: a graph of a model, its sizes, and how its session is set up.
 *
 * @param architecture whose model
 * @param precision of its weights, as {@code snug quantize} names it; {@code fp32} as imported
 * @param graph file of the graph without ending, such as {@code velocity} or {@code explain-300}
 * @param isLaidOut whether the copy for this machine is meant instead of the portable graph
 * @param sizes of the graph's named dimensions, and values of its inputs that are one whole number
 * @param isHeldOut whether no constant was chosen with a look at it
 */
record Case(
        Architecture architecture,
        Precision precision,
        String graph,
        boolean isLaidOut,
        Map<String, Long> sizes,
        int threads,
        boolean isMapped,
        boolean hasArena,
        boolean isHeldOut) {
    Case {
        sizes = Map.copyOf(sizes);
    }

    String weights() {
        return isMapped ? "mapped" : "prepacked";
    }

    String arena() {
        return hasArena ? "arena" : "free";
    }

    /** The model whose graph it is: a variant where the precision is another one. */
    String model() {
        return precision == Precision.FP32
                ? architecture.model
                : ModelName.of(architecture.model).in(precision.word()).toString();
    }

    /** Sizes in the order of their names: {@code frames=750 tokens=60}. */
    String sizesText() {
        return new TreeMap<>(sizes)
                .entrySet().stream().map(Object::toString).collect(Collectors.joining(" "));
    }

    /** What is equal for equal cases, as the first columns of the table. */
    String key() {
        return "%s,%s%s,%s,%d,%s,%s"
                .formatted(
                        model(),
                        graph,
                        isLaidOut ? "-here" : "",
                        sizesText(),
                        threads,
                        weights(),
                        arena());
    }
}
