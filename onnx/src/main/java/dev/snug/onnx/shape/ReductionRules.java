package dev.snug.onnx.shape;

import dev.snug.onnx.Dimension;
import dev.snug.onnx.ElementType;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Operators that make one number of all along an axis. */
final class ReductionRules {
    /** Over the given axes; without any over all, or over none when the node says so. */
    static void reduce(Site site) {
        List<Dimension> x = site.dimensions(0);
        boolean isKept = site.node().longAttribute("keepdims", 1) != 0;
        Optional<long[]> axes = site.constant(1, "axes");
        if (axes.isEmpty()) {
            if (isKept) {
                site.make(Dimensions.unknown(x.size()));
            }
            return;
        }
        boolean isNone = axes.get().length == 0;
        if (isNone && site.node().longAttribute("noop_with_empty_axes", 0) != 0) {
            site.make(x);
            return;
        }
        long[] reduced = isNone ? LayoutRules.all(x.size()) : axes.get();
        site.make(without(x, LayoutRules.marked(reduced, x.size()), isKept));
    }

    /** The index of the extreme element along one axis. */
    static void index(Site site) {
        List<Dimension> x = site.dimensions(0);
        boolean[] gone = new boolean[x.size()];
        gone[site.axis("axis", 0, x.size())] = true;
        boolean isKept = site.node().longAttribute("keepdims", 1) != 0;
        site.make(0, ElementType.INT64, without(x, gone, isKept));
    }

    private static List<Dimension> without(List<Dimension> x, boolean[] gone, boolean isKept) {
        List<Dimension> y = new ArrayList<>();
        for (int axis = 0; axis < gone.length; axis++) {
            if (!gone[axis]) {
                y.add(x.get(axis));
            } else if (isKept) {
                y.add(Dimensions.ONE);
            }
        }
        return y;
    }

    private ReductionRules() {}
}
