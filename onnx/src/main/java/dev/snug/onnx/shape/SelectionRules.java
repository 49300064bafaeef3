package dev.snug.onnx.shape;

import dev.snug.onnx.Attribute;
import dev.snug.onnx.Dimension;
import dev.snug.onnx.ElementType;
import dev.snug.onnx.OnnxException;
import dev.snug.onnx.Tensor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Operators that pick elements, and those that make tensors from nothing but attributes. */
final class SelectionRules {
    static void slice(Site site) {
        List<Dimension> x = site.dimensions(0);
        Optional<long[]> starts = site.constant(1, "starts");
        Optional<long[]> ends = site.constant(2, "ends");
        Optional<long[]> steps = site.has(4) ? site.constant(4) : Optional.of(new long[0]);
        Optional<long[]> axes = axes(site, x.size());
        if (starts.isEmpty() || ends.isEmpty() || steps.isEmpty() || axes.isEmpty()) {
            site.make(Dimensions.unknown(x.size()));
            return;
        }
        int count = starts.get().length;
        if (ends.get().length != count
                || axes.get().length < count
                || (steps.get().length != count && steps.get().length != 0)) {
            throw new OnnxException("starts, ends, axes and steps have different lengths");
        }
        List<Dimension> y = new ArrayList<>(x);
        for (int index = 0; index < count; index++) {
            int axis = Site.axis(axes.get()[index], x.size());
            long step = steps.get().length == 0 ? 1 : steps.get()[index];
            y.set(axis, slice(x.get(axis), starts.get()[index], ends.get()[index], step));
        }
        site.make(y);
    }

    private static Optional<long[]> axes(Site site, int rank) {
        return site.has(3, "axes") ? site.constant(3, "axes") : Optional.of(LayoutRules.all(rank));
    }

    /** The length of {@code x[start:end:step]}; ends beyond the input are drawn in. */
    private static Dimension slice(Dimension x, long start, long end, long step) {
        if (step == 0) {
            throw new OnnxException("a step of 0");
        }
        // What exporters write for "to the end", which keeps a size that is not known.
        if (start == 0 && end >= Integer.MAX_VALUE && step == 1) {
            return x;
        }
        return Dimensions.map(x, size -> size == 0 ? 0 : length(size, start, end, step));
    }

    private static long length(long size, long start, long end, long step) {
        long from = start < 0 ? start + size : start;
        long to = end < 0 ? end + size : end;
        long span =
                step > 0
                        ? Math.clamp(to, 0, size) - Math.clamp(from, 0, size)
                        : Math.clamp(from, 0, size - 1) - Math.clamp(to, -1, size - 1);
        // No span is longer than the input, so a longer step makes no difference.
        return Math.max(0, Math.ceilDiv(span, Math.abs(Math.clamp(step, -size, size))));
    }

    static void gather(Site site) {
        List<Dimension> x = site.dimensions(0, 1);
        int axis = site.axis("axis", 0, x.size());
        List<Dimension> y = new ArrayList<>(x.subList(0, axis));
        y.addAll(site.dimensions(1));
        y.addAll(x.subList(axis + 1, x.size()));
        site.make(y);
    }

    static void gatherElements(Site site) {
        List<Dimension> indices = site.dimensions(1);
        if (indices.size() != site.dimensions(0).size()) {
            throw new OnnxException("data and indices differ in their number of dimensions");
        }
        site.axis("axis", 0, indices.size());
        site.make(indices);
    }

    static void oneHot(Site site) {
        List<Dimension> y = new ArrayList<>(site.dimensions(0));
        int axis = site.axis("axis", -1, y.size() + 1);
        Optional<long[]> depth =
                site.type(1).elementType() == ElementType.FLOAT
                        ? Optional.empty()
                        : site.constant(1);
        Dimension size =
                depth.map(
                                values -> {
                                    if (values.length != 1) {
                                        throw new OnnxException("depth must be one number");
                                    }
                                    return Dimensions.size(values[0]);
                                })
                        .orElse(Dimension.unknown());
        y.add(axis, size);
        site.make(0, site.type(2).elementType(), y);
    }

    /** The sizes of the input as a list, from {@code start} to {@code end}. */
    static void shape(Site site) {
        int rank = site.dimensions(0).size();
        long start = bound(site.node().longAttribute("start", 0), rank);
        long end = bound(site.node().longAttribute("end", rank), rank);
        site.make(0, ElementType.INT64, List.of(Dimension.of(Math.max(0, end - start))));
    }

    private static long bound(long index, int rank) {
        return Math.clamp(index < 0 ? index + rank : index, 0, rank);
    }

    static void size(Site site) {
        site.make(0, ElementType.INT64, List.of());
    }

    static void constant(Site site) {
        Map<String, Attribute> attributes = site.node().attributes();
        if (attributes.size() != 1) {
            throw new OnnxException("a constant must have one attribute");
        }
        switch (attributes.values().iterator().next()) {
            case Attribute.OfTensor(Tensor value) ->
                    site.make(0, value.elementType(), value.shape().dimensions());
            case Attribute.OfFloat unused -> site.make(0, ElementType.FLOAT, List.of());
            case Attribute.OfLong unused -> site.make(0, ElementType.INT64, List.of());
            case Attribute.OfString unused -> site.make(0, ElementType.STRING, List.of());
            case Attribute.OfFloats floats ->
                    site.make(0, ElementType.FLOAT, list(floats.values().size()));
            case Attribute.OfLongs longs ->
                    site.make(0, ElementType.INT64, list(longs.values().size()));
            case Attribute.OfStrings strings ->
                    site.make(0, ElementType.STRING, list(strings.values().size()));
            case Attribute.OfGraph unused -> throw new OnnxException("a constant graph");
        }
    }

    private static List<Dimension> list(int length) {
        return List.of(Dimension.of(length));
    }

    private SelectionRules() {}
}
