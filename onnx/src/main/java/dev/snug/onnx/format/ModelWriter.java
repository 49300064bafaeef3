package dev.snug.onnx.format;

import dev.snug.onnx.Attribute;
import dev.snug.onnx.ElementType;
import dev.snug.onnx.Graph;
import dev.snug.onnx.Model;
import dev.snug.onnx.Node;
import dev.snug.onnx.OnnxException;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.format.WeightsWriter.Slice;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.IdentityHashMap;
import java.util.TreeMap;

/**
 * Writes models as ONNX files: the graph in one file, weights as external data in another.
 *
 * <p>Weights go from their mapped source to the weights file in small pieces; the heap holds the
 * graph without them. Equal models make equal bytes.
 */
public final class ModelWriter {
    /**
     * Initializers of at least this many bytes become external data; below it the description of
     * where the bytes lie would be longer than the bytes.
     */
    public static final int EXTERNAL_BYTES_MIN = 1024;

    /**
     * Lists of whole numbers become external data only from here on: sizes of a split, axes or a
     * shape are read while ONNX Runtime infers shapes, and it does not look for them outside.
     */
    public static final int EXTERNAL_LIST_BYTES_MIN = 64 << 10;

    /**
     * Writes {@code model} to {@code onnxFile}, which appears whole or not at all, and its weights
     * to {@code weights}.
     *
     * @param weights a file in the same folder, and under the name, that it will have in the end
     * @throws OnnxException when the model without its weights exceeds 512 MiB
     * @throws IOException when a file cannot be written
     */
    public static void write(Model model, Path onnxFile, WeightsWriter weights) throws IOException {
        requireSameFolder(onnxFile, weights.file());
        IdentityHashMap<Tensor, Slice> external = new IdentityHashMap<>();
        store(model.graph(), weights, external);
        String location = weights.file().getFileName().toString();
        WireWriter encoded = new GraphEncoder(location, external).encode(model);

        Path partial = onnxFile.resolveSibling(onnxFile.getFileName() + ".partial");
        try {
            try (FileChannel channel =
                    FileChannel.open(
                            partial,
                            StandardOpenOption.CREATE,
                            StandardOpenOption.TRUNCATE_EXISTING,
                            StandardOpenOption.WRITE)) {
                encoded.writeTo(channel);
                channel.force(true);
            }
            Files.move(partial, onnxFile, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(partial);
        }
    }

    /**
     * The whole model, weights inline, as the bytes of an ONNX file: for small models only.
     *
     * @throws OnnxException when that exceeds 512 MiB
     */
    public static byte[] toBytes(Model model) {
        return new GraphEncoder("", new IdentityHashMap<>()).encode(model).toBytes();
    }

    private static void store(
            Graph graph, WeightsWriter weights, IdentityHashMap<Tensor, Slice> external)
            throws IOException {
        for (Tensor tensor : graph.initializers().values()) {
            if (tensor.byteSize() >= externalBytesMin(tensor)) {
                external.put(tensor, weights.append(tensor));
            }
        }
        for (Node node : graph.nodes()) {
            // In the order of their keys, so that equal models make equal files.
            for (Attribute attribute : new TreeMap<>(node.attributes()).values()) {
                if (attribute instanceof Attribute.OfGraph(Graph inner)) {
                    store(inner, weights, external);
                }
            }
        }
    }

    private static int externalBytesMin(Tensor tensor) {
        boolean isList = tensor.shape().rank() <= 1 && tensor.elementType() == ElementType.INT64;
        return isList ? EXTERNAL_LIST_BYTES_MIN : EXTERNAL_BYTES_MIN;
    }

    private static void requireSameFolder(Path onnxFile, Path weightsFile) {
        Path model = onnxFile.toAbsolutePath().normalize();
        Path weights = weightsFile.toAbsolutePath().normalize();
        if (model.equals(weights)
                || model.getParent() == null
                || !model.getParent().equals(weights.getParent())) {
            throw new IllegalArgumentException(
                    "the weights must be another file in the model's folder: %s, %s"
                            .formatted(onnxFile, weightsFile));
        }
    }

    private ModelWriter() {}
}
