package dev.snug.onnx.surgery;

import dev.snug.onnx.OnnxException;
import dev.snug.onnx.Port;
import dev.snug.onnx.Tensor;

import java.util.List;
import java.util.Map;

/**
 * What the folded part of a graph computes, a row for each value of the folded input.
 *
 * @param columns the inputs of the remaining graph that a row feeds, in the order of their use
 * @param rows for each value, in the order given, a tensor for each column by name
 */
public record StepTable(List<Port> columns, List<Map<String, Tensor>> rows) {
    public StepTable {
        columns = List.copyOf(columns);
        rows = rows.stream().map(Map::copyOf).toList();
        for (int row = 0; row < rows.size(); row++) {
            check(columns, rows.get(row), row);
        }
    }

    /** The bytes of all tensors of all rows. */
    public long bytes() {
        return rows.stream()
                .flatMap(row -> row.values().stream())
                .mapToLong(Tensor::byteSize)
                .sum();
    }

    private static void check(List<Port> columns, Map<String, Tensor> tensors, int row) {
        for (Port column : columns) {
            Tensor tensor = tensors.get(column.name());
            if (tensor == null || !tensor.type().equals(column.type())) {
                throw new OnnxException(
                        ("row %d of the step table has %s for %s, row 0 has %s; a folded value must"
                                        + " have the same type in every row")
                                .formatted(
                                        row,
                                        tensor == null ? "nothing" : tensor,
                                        column.name(),
                                        column.type()));
            }
        }
        if (tensors.size() != columns.size()) {
            throw new OnnxException(
                    "row %d of the step table has %d tensors for %d columns"
                            .formatted(row, tensors.size(), columns.size()));
        }
    }
}
