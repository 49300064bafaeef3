package dev.snug.vision.keras.file;

import dev.snug.onnx.Shape;

import io.jhdf.HdfFile;
import io.jhdf.api.Dataset;
import io.jhdf.api.Group;
import io.jhdf.api.Node;
import io.jhdf.api.dataset.ContiguousDataset;
import io.jhdf.object.datatype.DataType;
import io.jhdf.object.datatype.FixedPoint;
import io.jhdf.object.datatype.FloatingPoint;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Every weight of {@code model.weights.h5} by its path, as slices of the mapped file.
 *
 * <p>The HDF5 structure is walked once, here, because it comes from outside: only the groups that
 * Keras makes are entered, links are never followed (an external link opens another file), and the
 * walk runs on a thread of its own, so that a structure made to be walked for ever is given up;
 * that thread ends when the mapping is closed.
 */
final class WeightsIndex {
    /** Far above what a model of {@link #TENSORS} needs from a slow disk. */
    private static final int SECONDS = 30;

    /** Six weights for each of the 10,000 layers that are read at most. */
    private static final int TENSORS = 60_000;

    /** {@code layers/NAME} for each level of nesting. */
    private static final int DEPTH = 40;

    private final ByteBuffer file;
    private final Map<String, StoredTensor> tensors = new HashMap<>();

    private WeightsIndex(ByteBuffer file) {
        this.file = file;
    }

    /**
     * The weights in {@code file}, by path.
     *
     * @throws KerasException when it is not an HDF5 file that can be read
     */
    static Map<String, StoredTensor> read(ByteBuffer file) {
        CompletableFuture<Map<String, StoredTensor>> result = new CompletableFuture<>();
        Runnable walk =
                () -> {
                    try {
                        result.complete(new WeightsIndex(file).walk());
                    } catch (Throwable e) {
                        // Whatever ends the walk must end the wait for it.
                        result.completeExceptionally(e);
                    }
                };
        Thread.ofPlatform().daemon().name("keras-weights-index").start(walk);
        try {
            return result.get(SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof KerasException known) {
                throw known;
            }
            throw new KerasException("its weights are no HDF5 file that can be read", e);
        } catch (TimeoutException e) {
            throw new KerasException(
                    "the structure of its weights was not read within %d s".formatted(SECONDS), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KerasException("interrupted while the weights were looked up", e);
        }
    }

    private Map<String, StoredTensor> walk() {
        try (HdfFile hdf = HdfFile.fromByteBuffer(file.duplicate())) {
            if (hdf.getChild("layers") instanceof Group layers) {
                layers(layers, "layers", 0);
            }
        }
        return tensors;
    }

    private void layers(Group layers, String path, int depth) {
        if (depth > DEPTH) {
            throw new KerasException("its weights are nested deeper than " + DEPTH + " models");
        }
        for (Map.Entry<String, Node> entry : layers.getChildren().entrySet()) {
            if (entry.getValue() instanceof Group layer) {
                String layerPath = path + "/" + entry.getKey();
                if (layer.getChild("layers") instanceof Group nested) {
                    layers(nested, layerPath + "/layers", depth + 1);
                }
                if (layer.getChild("vars") instanceof Group variables) {
                    variables(variables, layerPath + "/vars/");
                }
            }
        }
    }

    private void variables(Group variables, String path) {
        for (Map.Entry<String, Node> entry : variables.getChildren().entrySet()) {
            if (entry.getValue() instanceof Dataset dataset) {
                if (tensors.size() == TENSORS) {
                    throw new KerasException("it has more than " + TENSORS + " weights");
                }
                tensors.put(path + entry.getKey(), tensor(path + entry.getKey(), dataset));
            }
        }
    }

    private StoredTensor tensor(String path, Dataset dataset) {
        Shape shape = Shape.of(dataset.getDimensionsAsLong());
        String type = type(dataset.getDataType());
        boolean known = type.equals(StoredTensor.FLOAT32) || type.equals(StoredTensor.INT64);
        if (!known) {
            return new StoredTensor(path, type, shape, null);
        }
        if (!(dataset instanceof ContiguousDataset contiguous) || dataset.isEmpty()) {
            String layout = type + ", stored " + dataset.getDataLayout();
            return new StoredTensor(path, layout, shape, null);
        }
        long width = type.equals(StoredTensor.FLOAT32) ? Float.BYTES : Long.BYTES;
        long bytes = Math.multiplyExact(shape.elements(), width);
        long address = contiguous.getDataAddress();
        if (address < 0 || address > file.capacity() || bytes > file.capacity() - address) {
            throw new KerasException(
                    "weight %s%s reaches beyond the end of the weights".formatted(path, shape));
        }
        ByteBuffer data = file.slice((int) address, (int) bytes);
        return new StoredTensor(path, type, shape, data);
    }

    private static String type(DataType type) {
        return switch (type) {
            case FloatingPoint real when real.getByteOrder() != ByteOrder.LITTLE_ENDIAN ->
                    "a big-endian float";
            case FloatingPoint real
                    when real.getSize() == Float.BYTES
                            && real.getExponentSize() == 8
                            && real.getMantissaSize() == 23 ->
                    StoredTensor.FLOAT32;
            case FloatingPoint real -> "float" + real.getSize() * Byte.SIZE;
            case FixedPoint whole
                    when whole.getSize() == Long.BYTES
                            && whole.isSigned()
                            && whole.getByteOrder() == ByteOrder.LITTLE_ENDIAN ->
                    StoredTensor.INT64;
            case FixedPoint whole -> "int" + whole.getSize() * Byte.SIZE;
            default -> type.getClass().getSimpleName();
        };
    }
}
