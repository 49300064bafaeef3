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

    // Not switches over types: each would spin a class at run time, which costs every command CPU.

    /** The integer attribute {@code key}, or {@code absent}. */
    public long longAttribute(String key, long absent) {
        Attribute attribute = attributes.get(key);
        if (attribute instanceof Attribute.OfLong(long value)) {
            return value;
        }
        return absentOrWrong(attribute, key, absent);
    }

    /** The float attribute {@code key}, or {@code absent}. */
    public float floatAttribute(String key, float absent) {
        Attribute attribute = attributes.get(key);
        if (attribute instanceof Attribute.OfFloat(float value)) {
            return value;
        }
        return absentOrWrong(attribute, key, absent);
    }

    /** The string attribute {@code key}, or {@code absent}. */
    public String stringAttribute(String key, String absent) {
        Attribute attribute = attributes.get(key);
        if (attribute instanceof Attribute.OfString(String value)) {
            return value;
        }
        return absentOrWrong(attribute, key, absent);
    }

    /** A copy of the integer-list attribute {@code key}, or a copy of {@code absent}. */
    public long[] longsAttribute(String key, long... absent) {
        Attribute attribute = attributes.get(key);
        if (attribute instanceof Attribute.OfLongs(List<Long> values)) {
            return values.stream().mapToLong(Long::longValue).toArray();
        }
        return absentOrWrong(attribute, key, Arrays.copyOf(absent, absent.length));
    }

    /** The tensor attribute {@code key}, or null. */
    public @Nullable Tensor tensorAttribute(String key) {
        Attribute attribute = attributes.get(key);
        if (attribute == null) {
            return null;
        }
        if (attribute instanceof Attribute.OfTensor(Tensor value)) {
            return value;
        }
        throw wrongKind(key);
    }

    private <T> T absentOrWrong(@Nullable Attribute attribute, String key, T absent) {
        if (attribute != null) {
            throw wrongKind(key);
        }
        return absent;
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
