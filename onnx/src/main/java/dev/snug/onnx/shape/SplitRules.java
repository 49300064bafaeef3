package dev.snug.onnx.shape;

import dev.snug.onnx.Dimension;
import dev.snug.onnx.ElementType;
import dev.snug.onnx.OnnxException;
import dev.snug.onnx.Tensor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Operators that cut a tensor up, repeat it, or make one of a given length. */
final class SplitRules {
    /** Into parts of given sizes, or into equal ones, of which the last may be shorter. */
    static void split(Site site) {
        List<Dimension> x = site.dimensions(0, 1);
        int axis = site.axis("axis", 0, x.size());
        int parts = site.node().outputs().size();
        boolean isGiven = site.has(1, "split");
        Optional<long[]> sizes = site.constant(1, "split");
        if (isGiven && sizes.isPresent() && sizes.get().length != parts) {
            throw new OnnxException("%d sizes for %d parts".formatted(sizes.get().length, parts));
        }
        for (int part = 0; part < parts; part++) {
            List<Dimension> y = new ArrayList<>(x);
            y.set(axis, isGiven ? given(sizes, part) : equal(x.get(axis), parts, part));
            site.make(part, site.type(0).elementType(), y);
        }
    }

    private static Dimension given(Optional<long[]> sizes, int part) {
        return sizes.map(all -> Dimensions.size(all[part])).orElse(Dimension.unknown());
    }

    private static Dimension equal(Dimension whole, int parts, int part) {
        return Dimensions.map(
                whole,
                size -> {
                    long each = Math.ceilDiv(size, (long) parts);
                    return Math.clamp(size - part * each, 0, each);
                });
    }

    static void tile(Site site) {
        List<Dimension> x = site.dimensions(0);
        Optional<long[]> repeats = site.constant(1);
        if (repeats.isEmpty()) {
            site.make(Dimensions.unknown(x.size()));
            return;
        }
        if (repeats.get().length != x.size()) {
            throw new OnnxException("repeats must name each of %d axes".formatted(x.size()));
        }
        List<Dimension> y = new ArrayList<>();
        for (int axis = 0; axis < x.size(); axis++) {
            long times = repeats.get()[axis];
            y.add(
                    times == 1
                            ? x.get(axis)
                            : Dimensions.map(x.get(axis), size -> Math.multiplyExact(size, times)));
        }
        site.make(y);
    }

    /** Its value's type, float32 where it has none. */
    static void constantOfShape(Site site) {
        Tensor value = site.node().tensorAttribute("value");
        ElementType type = value == null ? ElementType.FLOAT : value.elementType();
        site.constant(0)
                .ifPresent(
                        sizes ->
                                site.make(
                                        0,
                                        type,
                                        Arrays.stream(sizes).mapToObj(Dimensions::size).toList()));
    }

    /** Whole numbers from start to limit by delta. */
    static void range(Site site) {
        ElementType type = site.type(0).elementType();
        if (type != ElementType.INT64 && type != ElementType.INT32) {
            site.make(0, type, Dimensions.unknown(1));
            return;
        }
        Optional<long[]> start = site.constant(0);
        Optional<long[]> limit = site.constant(1);
        Optional<long[]> delta = site.constant(2);
        if (start.isEmpty() || limit.isEmpty() || delta.isEmpty()) {
            site.make(0, type, Dimensions.unknown(1));
            return;
        }
        long step = delta.get()[0];
        if (step == 0) {
            throw new OnnxException("a step of 0");
        }
        long span = Math.subtractExact(limit.get()[0], start.get()[0]);
        site.make(0, type, List.of(Dimension.of(Math.max(0, Math.ceilDiv(span, step)))));
    }

    private SplitRules() {}
}
