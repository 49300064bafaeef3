package dev.snug.onnx.format;

import static dev.snug.onnx.format.WireModel.attribute;
import static dev.snug.onnx.format.WireModel.bytes;
import static dev.snug.onnx.format.WireModel.message;
import static dev.snug.onnx.format.WireModel.model;
import static dev.snug.onnx.format.WireModel.modelOf;
import static dev.snug.onnx.format.WireModel.node;
import static dev.snug.onnx.format.WireModel.nothing;
import static dev.snug.onnx.format.WireModel.number;
import static dev.snug.onnx.format.WireModel.repeat;
import static dev.snug.onnx.format.WireModel.tensor;
import static dev.snug.onnx.format.WireModel.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.snug.onnx.ElementType;
import dev.snug.onnx.Model;
import dev.snug.onnx.OnnxException;
import dev.snug.onnx.format.Schema.AttributeProto;
import dev.snug.onnx.format.Schema.AttributeType;
import dev.snug.onnx.format.Schema.GraphProto;
import dev.snug.onnx.format.Schema.ModelProto;
import dev.snug.onnx.format.Schema.NodeProto;
import dev.snug.onnx.format.Schema.Opset;
import dev.snug.onnx.format.Schema.TensorProto;
import dev.snug.onnx.format.Schema.TensorTypeProto;
import dev.snug.onnx.format.Schema.TypeProto;
import dev.snug.onnx.format.Schema.ValueInfoProto;
import dev.snug.onnx.format.WireModel.Part;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Each check of the reader refuses a file made to break just that check. The oracle is the
 * specification (onnx.proto, protobuf.dev "Encoding"); {@link #aValidModelMadeTheSameWayIsRead}
 * shows that the files are wrong in nothing else.
 */
class HostileModelTest {
    private static final Part FOUR_FLOATS =
            out -> out.bytes(TensorProto.RAW_DATA, ByteBuffer.allocate(16));

    @Test
    void aValidModelMadeTheSameWayIsRead() {
        byte[] valid =
                modelOf(
                        tensor(ElementType.FLOAT, FOUR_FLOATS, 2, 2)
                                .and(node("Relu", reads("w").and(makes("y")))));

        Model model = ModelReader.parse(ByteBuffer.wrap(valid), "valid");

        assertThat(model.graph().nodes()).hasSize(1);
        assertThat(model.graph().initializers()).containsOnlyKeys("w");
    }

    @Test
    void aNameThatWouldMoveATerminalsCursorIsShownWithoutDoingSo() {
        byte[] file =
                modelOf(
                        node(
                                "Relu",
                                text(NodeProto.NAME, "a\u001b[2J\nb")
                                        .and(number(NodeProto.INPUT, 1))));

        assertThatThrownBy(() -> ModelReader.parse(ByteBuffer.wrap(file), "bad.onnx"))
                .isInstanceOf(OnnxException.class)
                .hasMessageNotContainingAny("\u001b", "\n");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"wire", "models", "tensors", "graphs", "counts"})
    void aBrokenFileIsRefusedWithFileAndReason(String what, byte[] file, String reason) {
        assertThatThrownBy(() -> ModelReader.parse(ByteBuffer.wrap(file), "bad.onnx"))
                .as(what)
                .isInstanceOf(OnnxException.class)
                .hasMessageStartingWith("bad.onnx: ")
                .hasMessageContaining(reason);
    }

    static Stream<Arguments> wire() {
        byte[] valid = modelOf(tensor(ElementType.FLOAT, FOUR_FLOATS, 2, 2));
        byte[] endless = new byte[12];
        Arrays.fill(endless, (byte) 0xff);
        return Stream.of(
                arguments("nothing", new byte[0], "IR version 0"),
                arguments("cut", Arrays.copyOf(valid, valid.length - 5), "bytes, "),
                arguments("endless varint", endless, "does not end within 10 bytes"),
                arguments("open varint", new byte[] {(byte) 0x80}, "1 bytes are needed, 0"),
                arguments("field 0", new byte[] {0, 0}, "field number 0"),
                arguments("a group", new byte[] {0x7b}, "wire type 3"),
                arguments("length above the file", new byte[] {0x3a, 100}, "says it has 100 bytes"),
                arguments(
                        "length of 2^63",
                        new byte[] {0x3a, -1, -1, -1, -1, -1, -1, -1, -1, -1, 1},
                        "18446744073709551615"),
                arguments("a number as text", new byte[] {0x0a, 1, 65}, "wire type 2, not 0"),
                arguments("no UTF-8", new byte[] {0x12, 1, (byte) 0xff}, "not UTF-8"),
                arguments("a page of HTML", "<html><body>404".getBytes(UTF_8), "bad.onnx: "));
    }

    static Stream<Arguments> models() {
        Part graph = message(ModelProto.GRAPH, nothing());
        return Stream.of(
                arguments("IR 2", bytes(model(2).and(graph)), "IR version 2 "),
                arguments("IR 14", bytes(model(14).and(graph)), "IR version 14"),
                arguments("no graph", bytes(model(9)), "no graph"),
                arguments("two graphs", bytes(model(9).and(graph).and(graph)), "two graphs"),
                arguments(
                        "no operator set",
                        bytes(number(ModelProto.IR_VERSION, 9).and(graph)),
                        "no operator set"),
                arguments(
                        "one domain under two names",
                        bytes(
                                model(9).and(
                                                message(
                                                        ModelProto.OPSET_IMPORT,
                                                        text(Opset.DOMAIN, "ai.onnx")))),
                        "imported twice"),
                arguments(
                        "functions",
                        bytes(message(ModelProto.FUNCTIONS, nothing())),
                        "functions are not supported"),
                arguments(
                        "training info",
                        bytes(message(ModelProto.TRAINING_INFO, nothing())),
                        "training info is not supported"));
    }

    static Stream<Arguments> tensors() {
        Part three = out -> out.packedNumbers(TensorProto.INT32_DATA, List.of(1L, 2L, 300L));
        return Stream.of(
                refused("negative size", tensor(ElementType.FLOAT, FOUR_FLOATS, 2, -2), "negative"),
                refused(
                        "overflow",
                        tensor(ElementType.FLOAT, FOUR_FLOATS, 1L << 40, 1L << 40, 0),
                        "overflow"),
                refused(
                        "more than 2 GiB",
                        tensor(ElementType.FLOAT, FOUR_FLOATS, 1L << 40),
                        "the limit of one tensor"),
                refused(
                        "too short",
                        tensor(ElementType.FLOAT, FOUR_FLOATS, 5),
                        "needs 20 bytes, 16"),
                refused(
                        "too long",
                        tensor(ElementType.FLOAT, FOUR_FLOATS, 3),
                        "needs 12 bytes, 16"),
                refused("no data", tensor(ElementType.FLOAT, nothing(), 3), "needs 12 bytes, 0"),
                refused(
                        "unknown type",
                        tensor(
                                ElementType.FLOAT,
                                FOUR_FLOATS.and(number(TensorProto.DATA_TYPE, 99)),
                                4),
                        "unknown tensor element type 99"),
                refused(
                        "strings",
                        tensor(ElementType.STRING, text(TensorProto.STRING_DATA, "a"), 1),
                        "string tensors"),
                refused(
                        "segments",
                        tensor(ElementType.FLOAT, message(TensorProto.SEGMENT, nothing()), 1),
                        "segments"),
                refused(
                        "raw and typed",
                        tensor(ElementType.FLOAT, FOUR_FLOATS.and(three), 4),
                        "data twice"),
                refused("wrong field", tensor(ElementType.FLOAT, three, 3), "must be in field 4"),
                refused("wide value", tensor(ElementType.UINT8, three, 3), "300 does not fit 8"),
                refused("too many", tensor(ElementType.INT32, three, 2), "more values"),
                refused("too few", tensor(ElementType.INT32, three, 4), "needs 16 bytes, 12"),
                refused(
                        "a gigabyte of nothing",
                        tensor(ElementType.INT32, three, 1 << 28),
                        "cannot stand in"),
                refused(
                        "rank",
                        tensor(ElementType.FLOAT, FOUR_FLOATS, new long[33]),
                        "more than 32 dimensions"),
                refused(
                        "external data of a model in memory",
                        WireModel.external("location", "a"),
                        "not a file"));
    }

    static Stream<Arguments> graphs() {
        Part weight = tensor(ElementType.FLOAT, FOUR_FLOATS, 4);
        Part deep = nothing();
        for (int level = 0; level < 20; level++) {
            deep = node("If", attribute("b", AttributeType.GRAPH, message(AttributeProto.G, deep)));
        }
        Part one = number(AttributeProto.I, 1);
        return Stream.of(
                refused("depth", deep, "more than 16 levels"),
                refused("two weights", weight.and(weight), "tensor w: there are two initializers"),
                refused("weight made again", weight.and(node("A", makes("w"))), "made twice"),
                refused("made twice", node("A", makes("y").and(makes("y"))), "y is made twice"),
                refused("reads nothing", node("A", reads("x")), "A(x) reads x, which nothing"),
                refused(
                        "reads what comes later",
                        node("A", reads("y")).and(node("B", makes("y"))),
                        "before it"),
                refused("output", port(GraphProto.OUTPUT, "y"), "nothing makes the output y"),
                refused(
                        "two outputs",
                        weight.and(repeat(2, port(GraphProto.OUTPUT, "w"))),
                        "two outputs w"),
                refused(
                        "two attributes",
                        node("A", repeat(2, attribute("a", AttributeType.INT, one))),
                        "attribute a: there are two attributes"),
                refused(
                        "sparse",
                        message(GraphProto.SPARSE_INITIALIZER, nothing()),
                        "sparse initializers"),
                refused("type attribute", node("A", attribute("a", 13, nothing())), "type 13"),
                refused("no attribute type", node("A", attribute("a", 0, nothing())), "type 0"),
                refused("no tensor", node("A", attribute("a", 4, nothing())), "there is none"),
                refused(
                        "function attribute",
                        node("A", attribute("a", 2, text(AttributeProto.REF_ATTR_NAME, "b"))),
                        "function"),
                refused("no operator", message(GraphProto.NODE, nothing()), "no operator"),
                refused("untyped input", untyped(nothing()), "input x: the type has no"),
                refused(
                        "a sequence",
                        untyped(message(ValueInfoProto.TYPE, message(4, nothing()))),
                        "only tensors"));
    }

    static Stream<Arguments> counts() {
        Part empty = message(GraphProto.NODE, text(NodeProto.OP_TYPE, "A"));
        Part many = out -> out.bytes(AttributeProto.INTS, ByteBuffer.allocate(4_000_001));
        Part longText = text(GraphProto.NAME, "x".repeat(ReadLimits.TEXT_BYTES_EACH + 1));
        return Stream.of(
                refused("nodes", repeat(ReadLimits.NODES + 1, empty), "200000 nodes"),
                refused("list", node("A", attribute("a", 7, many)), "4000000 names and list"),
                refused("text", longText, "a text of 1048577 bytes"),
                refused(
                        "all text",
                        repeat(65, text(GraphProto.NAME, "x".repeat(1 << 20))),
                        "text"));
    }

    private static Arguments refused(String what, Part graph, String reason) {
        return arguments(what, modelOf(graph), reason);
    }

    private static Part reads(String name) {
        return text(NodeProto.INPUT, name);
    }

    private static Part makes(String name) {
        return text(NodeProto.OUTPUT, name);
    }

    private static Part untyped(Part type) {
        return message(GraphProto.INPUT, text(ValueInfoProto.NAME, "x").and(type));
    }

    private static Part port(int side, String name) {
        Part type =
                number(TensorTypeProto.ELEM_TYPE, 1).and(message(TensorTypeProto.SHAPE, nothing()));
        return message(
                side,
                text(ValueInfoProto.NAME, name)
                        .and(message(ValueInfoProto.TYPE, message(TypeProto.TENSOR_TYPE, type))));
    }
}
