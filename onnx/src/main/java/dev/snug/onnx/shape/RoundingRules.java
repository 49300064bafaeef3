package dev.snug.onnx.shape;

import dev.snug.onnx.Dimension;
import dev.snug.onnx.ElementType;
import dev.snug.onnx.OnnxException;

import java.util.ArrayList;
import java.util.List;

/** Values rounded to whole numbers, and products with matrices of them. */
final class RoundingRules {
    /** Whole numbers in the shape of the input, then its scale and its zero point. */
    static void dynamic(Site site) {
        site.make(0, ElementType.UINT8, site.dimensions(0));
        site.make(1, ElementType.FLOAT, List.of());
        site.make(2, ElementType.UINT8, List.of());
    }

    /** A product of whole numbers, as float32. */
    static void wholeProduct(Site site) {
        site.make(0, ElementType.FLOAT, MatrixRules.product(site));
    }

    /** A product with a matrix [K, N] that is stored by blocks of its columns. */
    static void blockProduct(Site site) {
        List<Dimension> y = new ArrayList<>(site.dimensions(0, 1));
        Dimension rows = Dimension.of(site.node().longAttribute("K", 0));
        Dimensions.same(y.getLast(), rows, "the inner size");
        long columns = site.node().longAttribute("N", 0);
        if (columns < 1) {
            throw new OnnxException("a product of " + columns + " columns");
        }
        y.set(y.size() - 1, Dimension.of(columns));
        site.make(y);
    }

    private RoundingRules() {}
}
