package dev.snug.onnx.format;

import dev.snug.onnx.Attribute;
import dev.snug.onnx.Graph;
import dev.snug.onnx.Node;
import dev.snug.onnx.Port;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.TensorType;
import dev.snug.onnx.format.AttributeDecoder.NamedAttribute;
import dev.snug.onnx.format.Schema.GraphProto;
import dev.snug.onnx.format.Schema.NodeProto;
import dev.snug.onnx.format.TensorDecoder.NamedTensor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One {@code GraphProto} on its way to a {@link Graph}. */
final class GraphDecoder {
    private final WireReader in;
    private final ExternalFiles files;
    private final int depth;
    private String name = "";
    private final List<Port> inputs = new ArrayList<>();
    private final List<Port> outputs = new ArrayList<>();
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, Tensor> initializers = new LinkedHashMap<>();
    private final Map<String, TensorType> valueTypes = new LinkedHashMap<>();

    private GraphDecoder(WireReader in, ExternalFiles files, int depth) {
        this.in = in;
        this.files = files;
        this.depth = depth;
    }

    /** Reads a graph that stands inside {@code depth} others. */
    static Graph decode(WireReader in, ExternalFiles files, int depth) {
        if (depth == ReadLimits.GRAPH_DEPTH) {
            throw in.error(
                    "graphs are nested more than " + ReadLimits.GRAPH_DEPTH + " levels deep");
        }
        GraphDecoder decoder = new GraphDecoder(in, files, depth);
        while (in.next()) {
            decoder.field();
        }
        // Before IR version 4 every initializer was listed among the inputs, too.
        decoder.inputs.removeIf(port -> decoder.initializers.containsKey(port.name()));
        return new Graph(
                decoder.name,
                decoder.inputs,
                decoder.outputs,
                decoder.nodes,
                decoder.initializers,
                decoder.valueTypes);
    }

    private void field() {
        switch (in.field()) {
            case GraphProto.NAME -> {
                name = in.text();
                in.label("graph " + name);
            }
            case GraphProto.NODE -> nodes.add(node(in.message("node " + nodes.size())));
            case GraphProto.INITIALIZER -> initializer(in.message("initializer"));
            case GraphProto.INPUT -> inputs.add(TypeDecoder.port(in.message("input"), "input"));
            case GraphProto.OUTPUT -> outputs.add(TypeDecoder.port(in.message("output"), "output"));
            case GraphProto.VALUE_INFO ->
                    TypeDecoder.value(in.message("value"))
                            .ifPresent(port -> valueTypes.put(port.name(), port.type()));
            case GraphProto.SPARSE_INITIALIZER ->
                    throw in.error("sparse initializers are not supported");
            default -> in.skip();
        }
    }

    private void initializer(WireReader message) {
        in.limits().initializer(message);
        NamedTensor named = TensorDecoder.decode(message, files);
        if (named.name().isEmpty()) {
            throw message.error("an initializer has no name");
        }
        if (initializers.putIfAbsent(named.name(), named.tensor()) != null) {
            throw message.error("there are two initializers of this name");
        }
    }

    private Node node(WireReader message) {
        in.limits().node(message);
        String nodeName = "";
        String domain = "";
        String operator = "";
        List<String> reads = new ArrayList<>();
        List<String> makes = new ArrayList<>();
        Map<String, Attribute> attributes = new LinkedHashMap<>();
        while (message.next()) {
            switch (message.field()) {
                case NodeProto.INPUT -> reads.add(item(message));
                case NodeProto.OUTPUT -> makes.add(item(message));
                case NodeProto.NAME -> {
                    nodeName = message.text();
                    message.label("node " + nodes.size() + " '" + nodeName + "'");
                }
                case NodeProto.OP_TYPE -> operator = message.text();
                case NodeProto.DOMAIN -> domain = message.text();
                case NodeProto.ATTRIBUTE -> attribute(message, attributes);
                default -> message.skip();
            }
        }
        if (operator.isEmpty()) {
            throw message.error("it names no operator");
        }
        return new Node(nodeName, domain, operator, reads, makes, attributes);
    }

    private void attribute(WireReader node, Map<String, Attribute> attributes) {
        WireReader message = node.message("attribute");
        NamedAttribute named =
                AttributeDecoder.decode(message, files, graph -> decode(graph, files, depth + 1));
        if (attributes.putIfAbsent(named.name(), named.value()) != null) {
            throw message.error("there are two attributes of this name");
        }
    }

    private static String item(WireReader message) {
        message.limits().item(message);
        return message.text();
    }
}
