package dev.snug.onnx.format;

import dev.snug.onnx.Attribute;
import dev.snug.onnx.Dimension;
import dev.snug.onnx.Graph;
import dev.snug.onnx.Model;
import dev.snug.onnx.Node;
import dev.snug.onnx.Port;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.TensorType;
import dev.snug.onnx.format.Schema.AttributeProto;
import dev.snug.onnx.format.Schema.AttributeType;
import dev.snug.onnx.format.Schema.DimensionProto;
import dev.snug.onnx.format.Schema.Entry;
import dev.snug.onnx.format.Schema.ExternalKey;
import dev.snug.onnx.format.Schema.GraphProto;
import dev.snug.onnx.format.Schema.ModelProto;
import dev.snug.onnx.format.Schema.NodeProto;
import dev.snug.onnx.format.Schema.Opset;
import dev.snug.onnx.format.Schema.TensorProto;
import dev.snug.onnx.format.Schema.TensorShapeProto;
import dev.snug.onnx.format.Schema.TensorTypeProto;
import dev.snug.onnx.format.Schema.TypeProto;
import dev.snug.onnx.format.Schema.ValueInfoProto;
import dev.snug.onnx.format.WeightsWriter.Slice;

import java.util.IdentityHashMap;
import java.util.TreeMap;

/**
 * Writes a model as a {@code ModelProto}. Maps without an order of their own are written in the
 * order of their keys, so equal models make equal bytes.
 */
final class GraphEncoder {
    private final WireWriter out = new WireWriter();
    private final String location;
    private final IdentityHashMap<Tensor, Slice> external;
    private final int laterBytesMin;

    /**
     * @param location name of the weights file
     * @param external where in it initializers lie, by identity; all others are written inline
     */
    GraphEncoder(String location, IdentityHashMap<Tensor, Slice> external) {
        this(location, external, Integer.MAX_VALUE);
    }

    /**
     * @param laterBytesMin inline tensors of at least this many bytes are not copied to the heap:
     *     they are read when the result is written
     */
    GraphEncoder(String location, IdentityHashMap<Tensor, Slice> external, int laterBytesMin) {
        this.location = location;
        this.external = external;
        this.laterBytesMin = laterBytesMin;
    }

    WireWriter encode(Model model) {
        out.number(ModelProto.IR_VERSION, model.irVersion());
        out.textIfAny(ModelProto.PRODUCER_NAME, model.producer());
        int mark = out.begin(ModelProto.GRAPH);
        graph(model.graph());
        out.end(mark);
        new TreeMap<>(model.opsets())
                .forEach(
                        (domain, version) -> {
                            int opset = out.begin(ModelProto.OPSET_IMPORT);
                            out.textIfAny(Opset.DOMAIN, domain);
                            out.number(Opset.VERSION, version);
                            out.end(opset);
                        });
        new TreeMap<>(model.metadata())
                .forEach((key, value) -> entry(ModelProto.METADATA_PROPS, key, value));
        return out;
    }

    private void entry(int field, String key, String value) {
        int mark = out.begin(field);
        out.text(Entry.KEY, key);
        out.text(Entry.VALUE, value);
        out.end(mark);
    }

    private void graph(Graph graph) {
        graph.nodes().forEach(this::node);
        out.text(GraphProto.NAME, graph.name());
        graph.initializers()
                .forEach((name, tensor) -> tensor(GraphProto.INITIALIZER, name, tensor));
        graph.inputs().forEach(port -> value(GraphProto.INPUT, port));
        graph.outputs().forEach(port -> value(GraphProto.OUTPUT, port));
        graph.valueTypes()
                .forEach((name, type) -> value(GraphProto.VALUE_INFO, new Port(name, type)));
    }

    private void node(Node node) {
        int mark = out.begin(GraphProto.NODE);
        node.inputs().forEach(input -> out.text(NodeProto.INPUT, input));
        node.outputs().forEach(output -> out.text(NodeProto.OUTPUT, output));
        out.textIfAny(NodeProto.NAME, node.name());
        out.text(NodeProto.OP_TYPE, node.operator());
        new TreeMap<>(node.attributes()).forEach(this::attribute);
        out.textIfAny(NodeProto.DOMAIN, node.domain());
        out.end(mark);
    }

    private void attribute(String name, Attribute attribute) {
        int mark = out.begin(NodeProto.ATTRIBUTE);
        out.text(AttributeProto.NAME, name);
        int type =
                switch (attribute) {
                    case Attribute.OfLong(long value) -> {
                        out.number(AttributeProto.I, value);
                        yield AttributeType.INT;
                    }
                    case Attribute.OfFloat(float value) -> {
                        out.number32(AttributeProto.F, value);
                        yield AttributeType.FLOAT;
                    }
                    case Attribute.OfString(String value) -> {
                        out.text(AttributeProto.S, value);
                        yield AttributeType.STRING;
                    }
                    case Attribute.OfLongs longs -> {
                        out.packedNumbers(AttributeProto.INTS, longs.values());
                        yield AttributeType.INTS;
                    }
                    case Attribute.OfFloats floats -> {
                        out.packedFloats(AttributeProto.FLOATS, floats.values());
                        yield AttributeType.FLOATS;
                    }
                    case Attribute.OfStrings strings -> {
                        strings.values().forEach(s -> out.text(AttributeProto.STRINGS, s));
                        yield AttributeType.STRINGS;
                    }
                    case Attribute.OfTensor(Tensor value) -> {
                        tensor(AttributeProto.T, "", value);
                        yield AttributeType.TENSOR;
                    }
                    case Attribute.OfGraph(Graph value) -> {
                        int inner = out.begin(AttributeProto.G);
                        graph(value);
                        out.end(inner);
                        yield AttributeType.GRAPH;
                    }
                };
        out.number(AttributeProto.TYPE, type);
        out.end(mark);
    }

    private void tensor(int field, String name, Tensor tensor) {
        int mark = out.begin(field);
        for (long size : tensor.shape().sizes()) {
            out.number(TensorProto.DIMS, size);
        }
        out.number(TensorProto.DATA_TYPE, tensor.elementType().code());
        out.textIfAny(TensorProto.NAME, name);
        Slice slice = external.get(tensor);
        if (slice == null && tensor.byteSize() >= laterBytesMin) {
            out.bytesLater(TensorProto.RAW_DATA, tensor.bytes());
        } else if (slice == null) {
            out.bytes(TensorProto.RAW_DATA, tensor.bytes());
        } else {
            entry(TensorProto.EXTERNAL_DATA, ExternalKey.LOCATION, location);
            entry(TensorProto.EXTERNAL_DATA, ExternalKey.OFFSET, Long.toString(slice.offset()));
            entry(TensorProto.EXTERNAL_DATA, ExternalKey.LENGTH, Long.toString(slice.length()));
            out.number(TensorProto.DATA_LOCATION, TensorProto.EXTERNAL);
        }
        out.end(mark);
    }

    private void value(int field, Port port) {
        int mark = out.begin(field);
        out.text(ValueInfoProto.NAME, port.name());
        int type = out.begin(ValueInfoProto.TYPE);
        type(port.type());
        out.end(type);
        out.end(mark);
    }

    private void type(TensorType type) {
        int mark = out.begin(TypeProto.TENSOR_TYPE);
        out.number(TensorTypeProto.ELEM_TYPE, type.elementType().code());
        int shape = out.begin(TensorTypeProto.SHAPE);
        shape(type.shape());
        out.end(shape);
        out.end(mark);
    }

    private void shape(Shape shape) {
        for (Dimension dimension : shape.dimensions()) {
            int mark = out.begin(TensorShapeProto.DIM);
            switch (dimension) {
                case Dimension.Fixed(long size) -> out.number(DimensionProto.DIM_VALUE, size);
                case Dimension.Symbol(String name) -> out.text(DimensionProto.DIM_PARAM, name);
                case Dimension.Unknown() -> {}
            }
            out.end(mark);
        }
    }
}
