package dev.snug.onnx;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * One operator of a graph.
 *
 * @param domain empty for the operators of the ONNX standard
 * @param inputs names of the values it reads; an empty name is an optional input left out
 * @param outputs names of the values it makes; an empty name is an optional output left out
 * @param attributes in no particular order
 */
public record Node(
        String name,
        String domain,
        String operator,
        List<String> inputs,
        List<String> outputs,
        Map<String, Attribute> attributes) {
    public Node {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        attributes = Map.copyOf(attributes);
    }

    /** The name of input {@code index}, empty when it is left out. */
    public String input(int index) {
        return index < inputs.size() ? inputs.get(index) : "";
    }

    /** The name of output {@code index}, empty when it is left out. */
    public String output(int index) {
        return index < outputs.size() ? outputs.get(index) : "";
    }

    /** Whether this is the standard operator {@code name}. */
    public boolean is(String name) {
        return operator.equals(name) && (domain.isEmpty() || domain.equals("ai.onnx"));
    }

    /** The same node reading {@code newInputs}. */
    public Node withInputs(List<String> newInputs) {
        return new Node(name, domain, operator, newInputs, outputs, attributes);
    }

    /** The same node making {@code newOutputs}. */
    public Node withOutputs(List<String> newOutputs) {
        return new Node(name, domain, operator, inputs, newOutputs, attributes);
    }

    /** The integer attribute {@code key}, or {@code absent}. */
    public long longAttribute(String key, long absent) {
        return switch (attributes.get(key)) {
            case null -> absent;
            case Attribute.OfLong(long value) -> value;
            default -> throw wrongKind(key);
        };
    }

    /** The float attribute {@code key}, or {@code absent}. */
    public float floatAttribute(String key, float absent) {
        return switch (attributes.get(key)) {
            case null -> absent;
            case Attribute.OfFloat(float value) -> value;
            default -> throw wrongKind(key);
        };
    }

    /** The string attribute {@code key}, or {@code absent}. */
    public String stringAttribute(String key, String absent) {
        return switch (attributes.get(key)) {
            case null -> absent;
            case Attribute.OfString(String value) -> value;
            default -> throw wrongKind(key);
        };
    }

    /** A copy of the integer-list attribute {@code key}, or a copy of {@code absent}. */
    public long[] longsAttribute(String key, long... absent) {
        return switch (attributes.get(key)) {
            case null -> Arrays.copyOf(absent, absent.length);
            case Attribute.OfLongs(List<Long> values) ->
                    values.stream().mapToLong(Long::longValue).toArray();
            default -> throw wrongKind(key);
        };
    }

    /** The tensor attribute {@code key}, or null. */
    public @Nullable Tensor tensorAttribute(String key) {
        return switch (attributes.get(key)) {
            case null -> null;
            case Attribute.OfTensor(Tensor value) -> value;
            default -> throw wrongKind(key);
        };
    }

    private OnnxException wrongKind(String key) {
        return new OnnxException(
                "attribute %s of %s is of an unexpected kind: %s"
                        .formatted(key, this, attributes.get(key)));
    }

    @Override
    public String toString() {
        return outputs.stream().collect(Collectors.joining(","))
                + " = "
                + operator
                + inputs.stream().collect(Collectors.joining(",", "(", ")"));
    }
}
