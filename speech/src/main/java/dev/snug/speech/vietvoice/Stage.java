package dev.snug.speech.vietvoice;

import static java.util.Objects.requireNonNull;

import dev.snug.onnx.ElementType;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.bundle.BundleException;
import dev.snug.runtime.bundle.Manifest.GraphEntry;
import dev.snug.runtime.session.Session;
import dev.snug.runtime.session.SessionSettings;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One graph of a bundle, its inputs and outputs known by position. */
record Stage(Bundle bundle, GraphEntry graph, SessionSettings settings) {
    /**
     * The graph of {@code role}.
     *
     * @throws BundleException when the bundle has none with so many inputs and outputs at least
     */
    static Stage of(Bundle bundle, String role, SessionSettings settings, int inputs, int outputs) {
        GraphEntry graph =
                bundle.manifest()
                        .graph(role)
                        .filter(
                                entry ->
                                        entry.inputs().size() >= inputs
                                                && entry.outputs().size() >= outputs)
                        .orElseThrow(
                                () ->
                                        new BundleException(
                                                "model %s has no graph %s with %d inputs; import it again"
                                                        .formatted(
                                                                bundle.manifest().name(),
                                                                role,
                                                                inputs)));
        return new Stage(bundle, graph, settings);
    }

    String input(int index) {
        return graph.inputs().get(index).name();
    }

    String output(int index) {
        return graph.outputs().get(index).name();
    }

    Session open() {
        return Session.open(bundle.file(graph.file()), settings);
    }

    /** Loads the graph, runs it on its first inputs and lets go of it; outputs by position. */
    List<Tensor> runOnce(List<Tensor> inputs, int... outputs) {
        Map<String, Tensor> fed = new LinkedHashMap<>();
        for (int i = 0; i < inputs.size(); i++) {
            fed.put(input(i), inputs.get(i));
        }
        Set<String> wanted = new LinkedHashSet<>();
        for (int output : outputs) {
            wanted.add(output(output));
        }
        try (Session session = open();
                Session.Lease lease = session.acquire()) {
            Map<String, Tensor> results = lease.run(fed, wanted);
            return wanted.stream().map(name -> requireNonNull(results.get(name))).toList();
        }
    }

    /** {@code values} as they are. */
    static Tensor shorts(short[] values, long... sizes) {
        ByteBuffer bytes =
                ByteBuffer.allocateDirect(Math.multiplyExact(values.length, Short.BYTES))
                        .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asShortBuffer().put(values);
        return new Tensor(ElementType.INT16, Shape.of(sizes), bytes);
    }

    /** {@code values} as they are. */
    static Tensor ints(int[] values, long... sizes) {
        ByteBuffer bytes =
                ByteBuffer.allocateDirect(Math.multiplyExact(values.length, Integer.BYTES))
                        .order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(values);
        return new Tensor(ElementType.INT32, Shape.of(sizes), bytes);
    }
}
