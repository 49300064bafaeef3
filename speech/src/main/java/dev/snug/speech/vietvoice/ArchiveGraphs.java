package dev.snug.speech.vietvoice;

import dev.snug.onnx.Dimension;
import dev.snug.onnx.ElementType;
import dev.snug.onnx.Graph;
import dev.snug.onnx.Model;
import dev.snug.onnx.OnnxException;
import dev.snug.onnx.Port;
import dev.snug.onnx.surgery.ConstantHoisting;
import dev.snug.speech.network.Networks;

import java.util.List;

/**
 * The three graphs of an archive, their inputs and outputs known by position: exporters rename
 * them.
 *
 * <pre>
 * preprocess   (audio, text_ids, max_duration)
 *              → (noise, cos q, sin q, cos k, sin k, condition, none, reference frames)
 * transformer  (noise, cos q, sin q, cos k, sin k, condition, none, step) → (noise, step + 1)
 * decode       (mel, reference frames) → (audio)
 * </pre>
 */
record ArchiveGraphs(Model preprocess, Model transformer, Model decode) {
    static final int AUDIO = 0;
    static final int TEXT_IDS = 1;
    static final int MAX_DURATION = 2;

    /** First of the four rotary tables among preprocess's outputs and transformer's inputs. */
    static final int ROTARY = 1;

    static final int ROTARY_COUNT = 4;

    /** Mel and text of the first branch, the same place in both graphs. */
    static final int CONDITION = 5;

    static final int NONE = 6;
    static final int STEP = 7;

    private static final Type FLOATS_3 = new Type(ElementType.FLOAT, 3);
    private static final Type FLOATS_4 = new Type(ElementType.FLOAT, 4);
    private static final Type SCALAR = new Type(ElementType.INT64, 0);

    /** Element type and number of axes. */
    private record Type(ElementType elements, int rank) {}

    ArchiveGraphs {
        check(
                "preprocess.onnx",
                preprocess.graph(),
                List.of(
                        new Type(ElementType.INT16, 3),
                        new Type(ElementType.INT32, 2),
                        new Type(ElementType.INT64, 1)),
                List.of(
                        FLOATS_3, FLOATS_4, FLOATS_4, FLOATS_4, FLOATS_4, FLOATS_3, FLOATS_3,
                        SCALAR));
        Type step = new Type(ElementType.INT32, 1);
        check(
                "transformer.onnx",
                transformer.graph(),
                List.of(FLOATS_3, FLOATS_4, FLOATS_4, FLOATS_4, FLOATS_4, FLOATS_3, FLOATS_3, step),
                List.of(FLOATS_3, step));
        check(
                "decode.onnx",
                decode.graph(),
                List.of(FLOATS_3, SCALAR),
                List.of(new Type(ElementType.INT16, 3)));
        Dimension bands = transformer.graph().inputs().getFirst().type().shape().dimension(2);
        if (bands instanceof Dimension.Fixed(long size) && size != Networks.BANDS) {
            throw new OnnxException(
                    "transformer.onnx has %d mel bands; %d are supported"
                            .formatted(size, Networks.BANDS));
        }
    }

    /** The same graphs with all their weights as initializers. */
    ArchiveGraphs hoisted() {
        return new ArchiveGraphs(
                ConstantHoisting.hoist(preprocess),
                ConstantHoisting.hoist(transformer),
                ConstantHoisting.hoist(decode));
    }

    /** The name of input {@code index} of the transformer. */
    String input(int index) {
        return transformer.graph().inputs().get(index).name();
    }

    private static void check(String file, Graph graph, List<Type> inputs, List<Type> outputs) {
        check(file, "inputs", graph.inputs(), inputs);
        check(file, "outputs", graph.outputs(), outputs);
    }

    private static void check(String file, String side, List<Port> ports, List<Type> types) {
        if (ports.size() != types.size()) {
            throw new OnnxException(
                    "%s has %d %s; that of VietVoice-TTS has %d"
                            .formatted(file, ports.size(), side, types.size()));
        }
        for (int i = 0; i < types.size(); i++) {
            Port port = ports.get(i);
            Type type = types.get(i);
            if (port.type().elementType() != type.elements()
                    || port.type().shape().rank() != type.rank()) {
                throw new OnnxException(
                        "%s: %s is %s; place %d of the %s has %s with %d axes in VietVoice-TTS"
                                .formatted(
                                        file,
                                        port.name(),
                                        port.type(),
                                        i + 1,
                                        side,
                                        type.elements(),
                                        type.rank()));
            }
        }
    }
}
