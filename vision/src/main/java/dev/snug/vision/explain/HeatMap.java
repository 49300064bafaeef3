package dev.snug.vision.explain;

import dev.snug.onnx.OnnxException;
import dev.snug.onnx.Shape;
import dev.snug.onnx.Tensor;

import java.util.Objects;

/**
 * How much each part of a picture spoke for a class: float values from 0 to 1 on a coarse grid
 * [height, width]. The largest is 1 unless nothing stands out; then all are 0.
 */
public final class HeatMap {
    /**
     * The largest raw value that still counts as nothing. Raw values of a map with content are
     * around 0.001 to 20: this far below only rounding errors are left.
     */
    public static final float RAW_MAXIMUM_OF_NOTHING = 1e-10f;

    private final float[] values;
    private final int height;
    private final int width;
    private final float rawMaximum;

    private HeatMap(float[] values, int height, int width, float rawMaximum) {
        this.values = values;
        this.height = height;
        this.width = width;
        this.rawMaximum = rawMaximum;
    }

    /**
     * The normalised map of what the graph gives: divided by its maximum, or all 0 when that is not
     * above {@link #RAW_MAXIMUM_OF_NOTHING}.
     *
     * @param raw float32 [height, width]; values below 0 count as 0
     * @throws OnnxException when it has another shape or holds a value that is not finite
     */
    public static HeatMap of(Tensor raw) {
        Shape shape = raw.shape();
        if (shape.rank() != 2 || shape.elements() == 0) {
            throw new OnnxException("a heat map is float[height,width], this is " + raw);
        }
        float[] values = raw.toFloats();
        float maximum = 0;
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new OnnxException(
                        "the heat map holds %s: the model's arithmetic overflows on this picture"
                                .formatted(value));
            }
            maximum = Math.max(maximum, value);
        }
        for (int at = 0; at < values.length; at++) {
            values[at] = maximum > RAW_MAXIMUM_OF_NOTHING ? Math.max(0, values[at]) / maximum : 0;
        }
        int height = Math.toIntExact(shape.size(0));
        int width = Math.toIntExact(shape.size(1));
        return new HeatMap(values, height, width, maximum);
    }

    /** Rows of the grid, not of the picture. */
    public int height() {
        return height;
    }

    /** Columns of the grid. */
    public int width() {
        return width;
    }

    /** The value at a place of the grid, from the top left. */
    public float at(int row, int column) {
        return values[Objects.checkIndex(row, height) * width + Objects.checkIndex(column, width)];
    }

    /** A copy of all values, row by row from the top left. */
    public float[] values() {
        return values.clone();
    }

    /** Whether no part spoke for the class: then there is nothing to show, not a faint map. */
    public boolean nothingStandsOut() {
        return rawMaximum <= RAW_MAXIMUM_OF_NOTHING;
    }

    /**
     * The largest value before all were divided by it, in the unit of the class's score (see {@link
     * GradCamGraph}).
     */
    public float rawMaximum() {
        return rawMaximum;
    }

    @Override
    public String toString() {
        return "heat map %d × %d, raw maximum %g".formatted(height, width, rawMaximum);
    }
}
