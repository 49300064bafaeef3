package dev.snug.onnx;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The dimensions of a tensor, outermost first; an empty list is a scalar. */
public record Shape(List<Dimension> dimensions) {
    public Shape {
        dimensions = List.copyOf(dimensions);
    }

    /** The shape with all sizes known. */
    public static Shape of(long... sizes) {
        return new Shape(Arrays.stream(sizes).mapToObj(Dimension::of).toList());
    }

    public int rank() {
        return dimensions.size();
    }

    /** The dimension at {@code axis}; a negative axis counts from the end. */
    public Dimension dimension(int axis) {
        return dimensions.get(axis < 0 ? axis + rank() : axis);
    }

    /** Whether every size is known. */
    public boolean isFixed() {
        return dimensions.stream().allMatch(Dimension.Fixed.class::isInstance);
    }

    /**
     * The size at {@code axis}; a negative axis counts from the end.
     *
     * @throws OnnxException when that size is not known
     */
    public long size(int axis) {
        if (dimension(axis) instanceof Dimension.Fixed(long size)) {
            return size;
        }
        throw new OnnxException("dimension " + axis + " of " + this + " is not known");
    }

    /**
     * All sizes.
     *
     * @throws OnnxException when one is not known
     */
    public long[] sizes() {
        long[] sizes = new long[rank()];
        for (int axis = 0; axis < sizes.length; axis++) {
            sizes[axis] = size(axis);
        }
        return sizes;
    }

    /**
     * The product of all sizes, 1 for a scalar.
     *
     * @throws OnnxException when one is not known
     * @throws ArithmeticException when the product does not fit a long
     */
    public long elements() {
        long product = 1;
        for (long size : sizes()) {
            product = Math.multiplyExact(product, size);
        }
        return product;
    }

    @Override
    public String toString() {
        return dimensions.stream()
                .map(
                        dimension ->
                                switch (dimension) {
                                    case Dimension.Fixed(long size) -> Long.toString(size);
                                    case Dimension.Symbol(String name) -> name;
                                    case Dimension.Unknown() -> "?";
                                })
                .collect(Collectors.joining(",", "[", "]"));
    }
}
