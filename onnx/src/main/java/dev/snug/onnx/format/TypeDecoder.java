package dev.snug.onnx.format;

import dev.snug.onnx.Dimension;
import dev.snug.onnx.ElementType;
import dev.snug.onnx.Port;
import dev.snug.onnx.Shape;
import dev.snug.onnx.TensorType;
import dev.snug.onnx.format.Schema.DimensionProto;
import dev.snug.onnx.format.Schema.TensorShapeProto;
import dev.snug.onnx.format.Schema.TensorTypeProto;
import dev.snug.onnx.format.Schema.TypeProto;
import dev.snug.onnx.format.Schema.ValueInfoProto;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code ValueInfoProto}: names with the types of tensors. */
final class TypeDecoder {
    /** A graph input or output, whose type must be complete up to the sizes. */
    static Port port(WireReader in, String side) {
        Declared declared = declared(in, side);
        if (declared.type == null) {
            throw in.error(
                    "the type has no element type or no rank; run shape inference before import");
        }
        return new Port(declared.name, declared.type);
    }

    /** A value inside a graph; empty when its type is not that of a tensor of known rank. */
    static Optional<Port> value(WireReader in) {
        Declared declared = declared(in, "value");
        return declared.type == null
                ? Optional.empty()
                : Optional.of(new Port(declared.name, declared.type));
    }

    private record Declared(String name, @Nullable TensorType type) {}

    private static Declared declared(WireReader in, String side) {
        in.limits().type(in);
        String name = "";
        TensorType type = null;
        while (in.next()) {
            switch (in.field()) {
                case ValueInfoProto.NAME -> {
                    name = in.text();
                    in.label(side + " " + name);
                }
                case ValueInfoProto.TYPE -> type = type(in.message("type"), side);
                default -> in.skip();
            }
        }
        if (name.isEmpty()) {
            throw in.error("it has no name");
        }
        return new Declared(name, type);
    }

    private static @Nullable TensorType type(WireReader in, String side) {
        TensorType type = null;
        while (in.next()) {
            switch (in.field()) {
                case TypeProto.TENSOR_TYPE -> type = tensorType(in.message("tensor type"));
                case TypeProto.DENOTATION -> in.skip();
                default -> {
                    if (!side.equals("value")) {
                        throw in.error("only tensors are supported, not type field " + in.field());
                    }
                    in.skip();
                }
            }
        }
        return type;
    }

    private static @Nullable TensorType tensorType(WireReader in) {
        long code = 0;
        Shape shape = null;
        while (in.next()) {
            switch (in.field()) {
                case TensorTypeProto.ELEM_TYPE -> code = in.number();
                case TensorTypeProto.SHAPE -> shape = shape(in.message("shape"));
                default -> in.skip();
            }
        }
        if (code == 0 || shape == null) {
            return null;
        }
        ElementType elementType = Codes.elementType(code, in);
        return new TensorType(elementType, shape);
    }

    private static Shape shape(WireReader in) {
        List<Dimension> dimensions = new ArrayList<>();
        while (in.next()) {
            if (in.field() != TensorShapeProto.DIM) {
                in.skip();
                continue;
            }
            if (dimensions.size() == ReadLimits.RANK) {
                throw in.error("more than " + ReadLimits.RANK + " dimensions");
            }
            dimensions.add(dimension(in.message("dimension " + dimensions.size())));
        }
        return new Shape(dimensions);
    }

    private static Dimension dimension(WireReader in) {
        Dimension dimension = Dimension.unknown();
        while (in.next()) {
            switch (in.field()) {
                case DimensionProto.DIM_VALUE -> {
                    long size = in.number();
                    // Some exporters write -1 where they mean that the size is not known.
                    if (size < -1) {
                        throw in.error("the size is negative: " + size);
                    }
                    dimension = size == -1 ? Dimension.unknown() : Dimension.of(size);
                }
                case DimensionProto.DIM_PARAM -> {
                    String symbol = in.text();
                    dimension = symbol.isEmpty() ? Dimension.unknown() : Dimension.symbol(symbol);
                }
                default -> in.skip();
            }
        }
        return dimension;
    }

    private TypeDecoder() {}
}
