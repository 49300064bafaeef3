package dev.snug.onnx.format;

import dev.snug.onnx.Attribute;
import dev.snug.onnx.Graph;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.format.Schema.AttributeProto;
import dev.snug.onnx.format.Schema.AttributeType;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** One {@code AttributeProto} on its way to an {@link Attribute}. */
final class AttributeDecoder {
    /** An attribute with its name. */
    record NamedAttribute(String name, Attribute value) {}

    private final WireReader in;
    private String name = "";
    private long type;
    private long i;
    private float f;
    private String s = "";
    private @Nullable Tensor t;
    private @Nullable Graph g;
    private final List<Long> ints = new ArrayList<>();
    private final List<Float> floats = new ArrayList<>();
    private final List<String> strings = new ArrayList<>();

    private AttributeDecoder(WireReader in) {
        this.in = in;
    }

    /** Reads one attribute; {@code graphs} reads the graph that it may hold. */
    static NamedAttribute decode(
            WireReader in, ExternalFiles files, Function<WireReader, Graph> graphs) {
        in.limits().attribute(in);
        AttributeDecoder decoder = new AttributeDecoder(in);
        while (in.next()) {
            decoder.field(files, graphs);
        }
        if (decoder.name.isEmpty()) {
            throw in.error("it has no name");
        }
        return new NamedAttribute(decoder.name, decoder.value());
    }

    private void field(ExternalFiles files, Function<WireReader, Graph> graphs) {
        switch (in.field()) {
            case AttributeProto.NAME -> {
                name = in.text();
                in.label("attribute " + name);
            }
            case AttributeProto.TYPE -> type = in.number();
            case AttributeProto.I -> i = in.number();
            case AttributeProto.F -> f = in.number32();
            case AttributeProto.S -> s = in.text();
            case AttributeProto.T -> {
                requireFirst(t);
                t = TensorDecoder.decode(in.message("tensor"), files).tensor();
            }
            case AttributeProto.G -> {
                requireFirst(g);
                g = graphs.apply(in.message("graph"));
            }
            case AttributeProto.INTS -> in.numbers(value -> add(ints, value));
            case AttributeProto.FLOATS -> in.floats(value -> add(floats, (float) value));
            case AttributeProto.STRINGS -> add(strings, in.text());
            case AttributeProto.REF_ATTR_NAME -> {
                if (!in.text().isEmpty()) {
                    throw in.error("it refers to an attribute of a function: not supported");
                }
            }
            default -> in.skip();
        }
    }

    private <T> void add(List<T> list, T value) {
        in.limits().item(in);
        list.add(value);
    }

    private void requireFirst(@Nullable Object earlier) {
        if (earlier != null) {
            throw in.error("field " + in.field() + " is given twice");
        }
    }

    private Attribute value() {
        return switch (Math.clamp(type, 0, Integer.MAX_VALUE)) {
            case AttributeType.INT -> new Attribute.OfLong(i);
            case AttributeType.FLOAT -> new Attribute.OfFloat(f);
            case AttributeType.STRING -> new Attribute.OfString(s);
            case AttributeType.TENSOR -> new Attribute.OfTensor(present(t));
            case AttributeType.GRAPH -> new Attribute.OfGraph(present(g));
            case AttributeType.INTS -> new Attribute.OfLongs(ints);
            case AttributeType.FLOATS -> new Attribute.OfFloats(floats);
            case AttributeType.STRINGS -> new Attribute.OfStrings(strings);
            default ->
                    throw in.error(
                            "attribute type %d is not supported (only number, string, tensor, graph"
                                            .formatted(type)
                                    + " and lists of numbers or strings are)");
        };
    }

    private <T> T present(@Nullable T value) {
        if (value == null) {
            throw in.error("its type says tensor or graph, and there is none");
        }
        return value;
    }
}
