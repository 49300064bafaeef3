package dev.snug.onnx.shape;

import dev.snug.onnx.Dimension;

import java.util.ArrayList;
import java.util.List;

/** Parts of a transformer that ONNX Runtime runs as one operator. */
final class AttentionRules {
    /** Dimensions of a query that is not packed: batch, sequence, values of all heads. */
    private static final int PLAIN_RANK = 3;

    /** Where the sum of input and residual comes out; mean and deviation stand before it. */
    private static final int SUM = 3;

    /** Query and value of three dimensions: [batch, sequence, values]; other forms stay open. */
    static void attention(Site site) {
        boolean isPlain = site.has(1) && site.has(2);
        if (!isPlain || site.dimensions(0).size() != PLAIN_RANK) {
            return;
        }
        List<Dimension> y = new ArrayList<>(site.dimensions(0));
        List<Dimension> value = site.dimensions(2);
        if (value.size() == PLAIN_RANK) {
            y.set(PLAIN_RANK - 1, value.getLast());
            site.make(y);
        }
    }

    /** The norm of input + residual, and that sum, both like the input. */
    static void skipNorm(Site site) {
        List<Dimension> x = site.dimensions(0, 2);
        site.make(x);
        site.make(SUM, site.type(0).elementType(), x);
    }

    private AttentionRules() {}
}
