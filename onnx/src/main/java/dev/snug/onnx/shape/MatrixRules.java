package dev.snug.onnx.shape;

import dev.snug.onnx.Dimension;
import dev.snug.onnx.OnnxException;

import java.util.ArrayList;
import java.util.List;

/** Matrix products. */
final class MatrixRules {
    /** α·A·B + β·C over two dimensions, either factor transposed on demand. */
    static void gemm(Site site) {
        List<Dimension> a = matrix(site, 0, "transA");
        List<Dimension> b = matrix(site, 1, "transB");
        Dimensions.same(a.getLast(), b.getFirst(), "the inner size");
        List<Dimension> y = List.of(a.getFirst(), b.getLast());
        if (site.has(2)) {
            List<Dimension> stretched = Dimensions.broadcast(y, site.dimensions(2));
            Dimensions.same(y, stretched, "the added matrix");
        }
        site.make(y);
    }

    private static List<Dimension> matrix(Site site, int input, String transpose) {
        List<Dimension> matrix = site.dimensions(input);
        if (matrix.size() != 2) {
            throw new OnnxException("input " + input + " must have 2 dimensions");
        }
        return site.node().longAttribute(transpose, 0) == 0 ? matrix : matrix.reversed();
    }

    /** numpy.matmul: leading dimensions broadcast; a vector is a row or a column for the time. */
    static void matMul(Site site) {
        site.make(product(site));
    }

    /** The dimensions of that product of inputs 0 and 1. */
    static List<Dimension> product(Site site) {
        List<Dimension> a = site.dimensions(0, 1);
        List<Dimension> b = site.dimensions(1, 1);
        boolean isRow = a.size() == 1;
        boolean isColumn = b.size() == 1;
        Dimension inner = isColumn ? b.getFirst() : b.get(b.size() - 2);
        Dimensions.same(a.getLast(), inner, "the inner size");
        List<Dimension> y = new ArrayList<>(Dimensions.broadcast(leading(a), leading(b)));
        if (!isRow) {
            y.add(a.get(a.size() - 2));
        }
        if (!isColumn) {
            y.add(b.getLast());
        }
        return y;
    }

    private static List<Dimension> leading(List<Dimension> dimensions) {
        return dimensions.subList(0, Math.max(0, dimensions.size() - 2));
    }

    private MatrixRules() {}
}
