package dev.snug.speech.vietvoice;

import dev.snug.onnx.Dimension;
import dev.snug.onnx.OnnxException;
import dev.snug.onnx.Port;
import dev.snug.onnx.lifetime.Lifetime;

import java.util.HashMap;
import java.util.Map;

/** Sizes of an exported graph: its inputs are known by position, its sizes by their names. */
final class PortSizes {
    private final Stage stage;
    private final Map<String, Long> sizes = new HashMap<>();

    PortSizes(Stage stage) {
        this.stage = stage;
    }

    /** Input {@code index} has {@code size} along {@code axis}; a size with a number keeps it. */
    PortSizes axis(int index, int axis, long size) {
        Dimension dimension = stage.graph().inputs().get(index).type().shape().dimension(axis);
        if (dimension instanceof Dimension.Symbol(String name)) {
            put(name, size);
        }
        return this;
    }

    /** Input {@code index} is the number {@code value}. */
    PortSizes value(int index, long value) {
        put(stage.input(index), value);
        return this;
    }

    private void put(String name, long size) {
        Long known = sizes.put(name, size);
        if (known != null && known != size) {
            throw new OnnxException(
                    "%s: the name %s stands for %d and for %d, so what it takes cannot be told"
                            .formatted(stage.graph().file(), name, known, size));
        }
    }

    Map<String, Long> sizes() {
        return sizes;
    }

    /** Bytes of input {@code index} with these sizes. */
    long bytes(int index) {
        Port port = stage.graph().inputs().get(index);
        return port.type().elementType().bytes(Lifetime.bound(port, sizes).elements());
    }
}
