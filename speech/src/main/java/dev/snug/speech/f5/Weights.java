package dev.snug.speech.f5;

import dev.snug.onnx.ElementType;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.format.TensorFile;
import dev.snug.runtime.json.Json;
import dev.snug.speech.safetensors.CheckpointException;
import dev.snug.speech.safetensors.SafeTensors;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.function.Predicate;

/**
 * The weights of one network by name, as float32. What the graphs need in another layout or type is
 * written to a temporary file and mapped from there.
 */
public final class Weights {
    private final SafeTensors checkpoint;
    private final String prefix;
    private final TensorFile made;
    private final LongConsumer progress;
    private final Set<String> taken = new HashSet<>();
    private long takenBytes;

    /**
     * The weights of {@code checkpoint} whose names begin with {@code prefix}.
     *
     * @param made where transposed and widened weights go
     */
    public Weights(SafeTensors checkpoint, String prefix, TensorFile made) {
        this(checkpoint, prefix, made, _ -> {});
    }

    /** The same; {@code progress} is told how many bytes of them were asked for so far. */
    public Weights(SafeTensors checkpoint, String prefix, TensorFile made, LongConsumer progress) {
        this.checkpoint = checkpoint;
        this.prefix = prefix;
        this.made = made;
        this.progress = progress;
    }

    /** The file, for messages. */
    public String where() {
        return checkpoint.name();
    }

    /** How many names run from {@code before + 0 + after} without a gap. */
    public int count(String before, String after, int most) {
        int count = 0;
        while (checkpoint.tensors().containsKey(prefix + before + count + after)) {
            count++;
            if (count > most) {
                throw new CheckpointException(
                        "%s has more than %d weights %s…%s"
                                .formatted(where(), most, before, after));
            }
        }
        return count;
    }

    /** The shape of the weight {@code name}, which must have {@code rank} sizes, none of them 0. */
    public Shape shape(String name, int rank) {
        Tensor tensor = stored(name);
        Shape shape = tensor.shape();
        if (shape.rank() != rank || shape.elements() == 0) {
            throw new CheckpointException(
                    "%s: %s has the shape %s; %d sizes above 0 are expected"
                            .formatted(where(), name, shape, rank));
        }
        return shape;
    }

    /** The weight {@code name}, which must have exactly {@code sizes}. */
    public Tensor tensor(String name, long... sizes) {
        Tensor tensor = stored(name);
        Shape wanted = Shape.of(sizes);
        if (!tensor.shape().equals(wanted)) {
            throw new CheckpointException(
                    "%s: %s has the shape %s; the other weights ask for %s"
                            .formatted(where(), name, tensor.shape(), wanted));
        }
        if (taken.add(prefix + name)) {
            takenBytes += tensor.byteSize();
            progress.accept(takenBytes);
        }
        if (tensor.elementType() == ElementType.FLOAT) {
            return tensor;
        }
        Row values = row(tensor, name);
        return made.tensor(wanted, new Counting(values)::next);
    }

    /** The matrix {@code name}, [out, in] in the file, as [in, out]. */
    public Tensor transposed(String name, int out, int in) {
        Tensor tensor = tensor(name, out, in);
        ByteBuffer bytes = tensor.bytes();
        return made.tensor(Shape.of(in, out), new Columns(bytes, out, in)::next);
    }

    /** Whether there is a weight of that name. */
    public boolean has(String name) {
        return checkpoint.tensors().containsKey(prefix + name);
    }

    /**
     * Checks that every weight was asked for: one left over means a network that the graphs do not
     * describe.
     *
     * @param known names, without the prefix, that need not be asked for
     */
    public void requireNothingLeft(Predicate<String> known) {
        List<String> left =
                checkpoint.tensors().keySet().stream()
                        .filter(name -> name.startsWith(prefix) && !taken.contains(name))
                        .map(name -> name.substring(prefix.length()))
                        .filter(known.negate())
                        .toList();
        if (!left.isEmpty()) {
            throw new CheckpointException(
                    "%s has %d weights that Snug's graphs do not know, such as %s"
                            .formatted(where(), left.size(), Json.quoted(left.getFirst())));
        }
    }

    private Tensor stored(String name) {
        return checkpoint.tensor(prefix + name);
    }

    /** A value of a stored tensor by its place. */
    @FunctionalInterface
    private interface Row {
        float at(int index);
    }

    private Row row(Tensor tensor, String name) {
        ByteBuffer bytes = tensor.bytes();
        return switch (tensor.elementType()) {
            case FLOAT16 -> index -> Float.float16ToFloat(bytes.getShort(index * Short.BYTES));
            case BFLOAT16 ->
                    index -> Float.intBitsToFloat(bytes.getShort(index * Short.BYTES) << 16);
            default ->
                    throw new CheckpointException(
                            "%s: %s holds %s; weights are F32, F16 or BF16"
                                    .formatted(where(), name, tensor.elementType()));
        };
    }

    /** The values of a row one after the other. */
    private static final class Counting {
        private final Row row;
        private int index;

        Counting(Row row) {
            this.row = row;
        }

        float next() {
            return row.at(index++);
        }
    }

    /** The values of a row-major float32 matrix, column by column. */
    private static final class Columns {
        private final ByteBuffer bytes;
        private final int rows;
        private final int columns;
        private int row;
        private int column;

        Columns(ByteBuffer bytes, int rows, int columns) {
            this.bytes = bytes;
            this.rows = rows;
            this.columns = columns;
        }

        float next() {
            float value = bytes.getFloat((row * columns + column) * Float.BYTES);
            row++;
            if (row == rows) {
                row = 0;
                column++;
            }
            return value;
        }
    }
}
