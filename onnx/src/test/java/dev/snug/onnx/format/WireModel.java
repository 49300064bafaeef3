package dev.snug.onnx.format;

import dev.snug.onnx.ElementType;
import dev.snug.onnx.format.Schema.AttributeProto;
import dev.snug.onnx.format.Schema.Entry;
import dev.snug.onnx.format.Schema.GraphProto;
import dev.snug.onnx.format.Schema.ModelProto;
import dev.snug.onnx.format.Schema.NodeProto;
import dev.snug.onnx.format.Schema.Opset;
import dev.snug.onnx.format.Schema.TensorProto;

import java.util.function.Consumer;

/** Model files spelt out field by field, so that tests can make wrong ones. */
final class WireModel {
    /** A message body or part of one. */
    @FunctionalInterface
    interface Part extends Consumer<WireWriter> {
        default Part and(Part next) {
            return out -> {
                accept(out);
                next.accept(out);
            };
        }
    }

    static byte[] bytes(Part part) {
        WireWriter out = new WireWriter();
        part.accept(out);
        return out.toBytes();
    }

    /** A valid model around the given parts of its graph. */
    static byte[] modelOf(Part graph) {
        return bytes(
                model(9).and(message(ModelProto.GRAPH, text(GraphProto.NAME, "g").and(graph))));
    }

    /** A valid model without a graph. */
    static Part model(long irVersion) {
        return number(ModelProto.IR_VERSION, irVersion)
                .and(message(ModelProto.OPSET_IMPORT, number(Opset.VERSION, 20)));
    }

    static Part nothing() {
        return out -> {};
    }

    static Part number(int field, long value) {
        return out -> out.number(field, value);
    }

    static Part text(int field, String value) {
        return out -> out.text(field, value);
    }

    static Part message(int field, Part body) {
        return out -> {
            int mark = out.begin(field);
            body.accept(out);
            out.end(mark);
        };
    }

    static Part repeat(int times, Part part) {
        return out -> {
            for (int time = 0; time < times; time++) {
                part.accept(out);
            }
        };
    }

    static Part node(String operator, Part parts) {
        return message(GraphProto.NODE, text(NodeProto.OP_TYPE, operator).and(parts));
    }

    static Part attribute(String name, int type, Part parts) {
        return message(
                NodeProto.ATTRIBUTE,
                text(AttributeProto.NAME, name).and(number(AttributeProto.TYPE, type)).and(parts));
    }

    /** An initializer called {@code w}. */
    static Part tensor(ElementType type, Part parts, long... dims) {
        Part sizes = nothing();
        for (long dim : dims) {
            sizes = sizes.and(number(TensorProto.DIMS, dim));
        }
        return message(
                GraphProto.INITIALIZER,
                text(TensorProto.NAME, "w")
                        .and(number(TensorProto.DATA_TYPE, type.code()))
                        .and(sizes)
                        .and(parts));
    }

    /** An initializer of four floats that lie outside, described by key and value in turn. */
    static Part external(String... keysAndValues) {
        Part parts = number(TensorProto.DATA_LOCATION, TensorProto.EXTERNAL);
        for (int index = 0; index < keysAndValues.length; index += 2) {
            parts =
                    parts.and(
                            message(
                                    TensorProto.EXTERNAL_DATA,
                                    text(Entry.KEY, keysAndValues[index])
                                            .and(text(Entry.VALUE, keysAndValues[index + 1]))));
        }
        return tensor(ElementType.FLOAT, parts, 4);
    }

    private WireModel() {}
}
