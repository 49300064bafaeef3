package dev.snug.speech.vietvoice;

import dev.snug.onnx.ElementType;
import dev.snug.onnx.Port;
import dev.snug.onnx.Tensor;
import dev.snug.onnx.surgery.StepFolding;
import dev.snug.onnx.surgery.StepTable;
import dev.snug.runtime.bundle.BundleException;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The step table of a velocity graph as a file, {@code velocity.steps}: little-endian float32, a
 * row for each step, in it the columns one behind the other, each row-major; nothing else. F5 base
 * has 31 rows of 549 KB. Read by mapping: a step reads its own row.
 */
final class StepFile {
    static final String NAME = "velocity.steps";

    private final ByteBuffer mapped;
    private final List<Port> columns;
    private final int rowBytes;

    private StepFile(ByteBuffer mapped, List<Port> columns, int rowBytes) {
        this.mapped = mapped;
        this.columns = columns;
        this.rowBytes = rowBytes;
    }

    /** Writes {@code table} to the new file {@code file}. */
    static void write(StepTable table, Path file) throws IOException {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (Map<String, Tensor> row : table.rows()) {
                for (Port column : table.columns()) {
                    Tensor tensor = row.get(column.name());
                    if (tensor == null) {
                        throw new IllegalStateException("a step table without " + column);
                    }
                    for (ByteBuffer bytes = tensor.bytes(); bytes.hasRemaining(); ) {
                        channel.write(bytes);
                    }
                }
            }
        }
    }

    /**
     * Maps {@code file}.
     *
     * @param columns in the order in which they were written
     * @param rows how many rows there must be
     * @throws BundleException when the file has another size
     */
    static StepFile open(Path file, List<Port> columns, int rows) {
        long rowBytes = 0;
        for (Port column : columns) {
            long elements = column.type().shape().elements();
            rowBytes = Math.addExact(rowBytes, ElementType.FLOAT.bytes(elements));
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size != Math.multiplyExact(rowBytes, rows) || size > StepFolding.TABLE_BYTES_MAX) {
                throw new BundleException(
                        "%s has %d bytes; its model says %d rows of %d. Install the model again"
                                .formatted(file, size, rows, rowBytes));
            }
            return new StepFile(
                    channel.map(FileChannel.MapMode.READ_ONLY, 0, size), columns, (int) rowBytes);
        } catch (IOException e) {
            throw new BundleException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** The inputs of the velocity for row {@code index}, by name. */
    Map<String, Tensor> row(int index) {
        Map<String, Tensor> row = new HashMap<>();
        int at = index * rowBytes;
        for (Port column : columns) {
            int bytes = (int) ElementType.FLOAT.bytes(column.type().shape().elements());
            row.put(
                    column.name(),
                    new Tensor(ElementType.FLOAT, column.type().shape(), mapped.slice(at, bytes)));
            at += bytes;
        }
        return row;
    }
}
