package dev.snug.onnx.shape;

import dev.snug.onnx.Dimension;
import dev.snug.onnx.ElementType;
import dev.snug.onnx.Node;
import dev.snug.onnx.OnnxException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Convolution and pooling over batch × channels × space. */
final class WindowRules {
    /** Dimensions before the space: batch and channels. */
    private static final int LEADING = 2;

    static void convolution(Site site) {
        List<Dimension> x = site.dimensions(0, LEADING + 1);
        List<Dimension> w = site.dimensions(1, LEADING + 1);
        if (x.size() != w.size()) {
            throw new OnnxException(
                    "the input has %d dimensions, the kernel %d".formatted(x.size(), w.size()));
        }
        long group = site.node().longAttribute("group", 1);
        Dimension channels = Dimensions.map(w.get(1), size -> Math.multiplyExact(size, group));
        Dimensions.same(x.get(1), channels, "the number of channels");
        if (site.has(2)) {
            Dimensions.same(List.of(w.getFirst()), site.dimensions(2), "the bias");
        }
        slide(site, x, w);
    }

    /** Makes what the kernels {@code w} leave of {@code x}, whatever their channels are. */
    static void slide(Site site, List<Dimension> x, List<Dimension> w) {
        List<Dimension> kernel = w.subList(LEADING, w.size());
        if (site.node().attributes().containsKey("kernel_shape")) {
            kernel = Dimensions.same(kernel, kernelShape(site.node()), "the kernel");
        }
        List<Dimension> y = new ArrayList<>(List.of(x.getFirst(), w.getFirst()));
        y.addAll(slide(site.node(), x.subList(LEADING, x.size()), kernel));
        site.make(y);
    }

    /** The convolution that spreads: each element of the input becomes a kernel of the output. */
    static void transposed(Site site) {
        List<Dimension> x = site.dimensions(0, LEADING + 1);
        List<Dimension> w = site.dimensions(1, LEADING + 1);
        Node node = site.node();
        int rank = x.size() - LEADING;
        boolean isPlain =
                node.stringAttribute("auto_pad", "NOTSET").equals("NOTSET")
                        && node.longsAttribute("output_shape").length == 0;
        if (!isPlain || w.size() != x.size()) {
            site.make(Dimensions.unknown(x.size()));
            return;
        }
        long[] strides = perAxis(node, "strides", rank, 1);
        long[] dilations = perAxis(node, "dilations", rank, 1);
        long[] pads = perAxis(node, "pads", 2 * rank, 0);
        long[] more = perAxis(node, "output_padding", rank, 0);
        long group = node.longAttribute("group", 1);
        List<Dimension> y = new ArrayList<>();
        y.add(x.getFirst());
        y.add(Dimensions.map(w.get(1), size -> Math.multiplyExact(size, group)));
        for (int axis = 0; axis < rank; axis++) {
            long other = more[axis] + 1 - pads[axis] - pads[rank + axis];
            long stride = strides[axis];
            long dilation = dilations[axis];
            Dimension reach = Dimensions.map(w.get(LEADING + axis), k -> (k - 1) * dilation);
            Dimension spread = Dimensions.map(x.get(LEADING + axis), size -> (size - 1) * stride);
            y.add(Dimensions.map(Dimensions.sum(reach, spread), size -> size + other));
        }
        site.make(y);
    }

    static void pool(Site site) {
        List<Dimension> x = site.dimensions(0, LEADING + 1);
        List<Dimension> kernel = kernelShape(site.node());
        List<Dimension> y = new ArrayList<>(x.subList(0, LEADING));
        y.addAll(slide(site.node(), x.subList(LEADING, x.size()), kernel));
        site.make(y);
        site.make(1, ElementType.INT64, y);
    }

    static void globalPool(Site site) {
        List<Dimension> x = site.dimensions(0, LEADING + 1);
        List<Dimension> y = new ArrayList<>(x.subList(0, LEADING));
        x.subList(LEADING, x.size()).forEach(unused -> y.add(Dimensions.ONE));
        site.make(y);
    }

    private static List<Dimension> kernelShape(Node node) {
        return Arrays.stream(node.longsAttribute("kernel_shape"))
                .mapToObj(Dimensions::size)
                .toList();
    }

    /** The sizes of the space after the kernel has gone over it. */
    private static List<Dimension> slide(Node node, List<Dimension> space, List<Dimension> kernel) {
        int rank = space.size();
        if (kernel.size() != rank) {
            throw new OnnxException(
                    "the kernel has %d dimensions, the space %d".formatted(kernel.size(), rank));
        }
        long[] strides = perAxis(node, "strides", rank, 1);
        long[] dilations = perAxis(node, "dilations", rank, 1);
        long[] pads = perAxis(node, "pads", 2 * rank, 0);
        List<Dimension> sizes = new ArrayList<>();
        for (int axis = 0; axis < rank; axis++) {
            if (strides[axis] < 1 || dilations[axis] < 1) {
                throw new OnnxException("strides and dilations must be 1 or more");
            }
            Window window =
                    new Window(strides[axis], dilations[axis], pads[axis], pads[rank + axis], node);
            sizes.add(window.positions(space.get(axis), kernel.get(axis)));
        }
        return sizes;
    }

    private static long[] perAxis(Node node, String key, int count, long absent) {
        long[] values = node.longsAttribute(key);
        if (values.length == 0) {
            values = new long[count];
            Arrays.fill(values, absent);
        }
        if (values.length != count) {
            throw new OnnxException(
                    "%s has %d values, %d are needed".formatted(key, values.length, count));
        }
        return values;
    }

    /** A kernel's way over one axis. */
    private record Window(long stride, long dilation, long padBefore, long padAfter, Node node) {
        Dimension positions(Dimension space, Dimension kernel) {
            String autoPad = node.stringAttribute("auto_pad", "NOTSET");
            return switch (autoPad) {
                case "SAME_UPPER", "SAME_LOWER" ->
                        Dimensions.map(space, size -> Math.ceilDiv(size, stride));
                case "VALID" -> positions(space, kernel, 0, 0);
                case "NOTSET", "" -> positions(space, kernel, padBefore, padAfter);
                default -> throw new OnnxException("auto_pad is " + autoPad);
            };
        }

        private Dimension positions(Dimension space, Dimension kernel, long before, long after) {
            if (!(kernel instanceof Dimension.Fixed(long width))) {
                return Dimension.unknown();
            }
            long reach = Math.addExact(Math.multiplyExact(dilation, width - 1), 1);
            return Dimensions.map(
                    space,
                    size -> {
                        long room = Math.addExact(Math.addExact(size, before), after) - reach;
                        if (room < 0) {
                            throw new OnnxException(
                                    "a kernel of %d does not fit a padded size of %d"
                                            .formatted(reach, room + reach));
                        }
                        if (node.longAttribute("ceil_mode", 0) == 0) {
                            return room / stride + 1;
                        }
                        long positions = Math.ceilDiv(room, stride) + 1;
                        // A window that begins in the padding at the end is left out: the word of
                        // operator set 22, and what ONNX Runtime does in all sets.
                        boolean isOutside = (positions - 1) * stride >= size + before;
                        return isOutside ? positions - 1 : positions;
                    });
        }
    }

    private WindowRules() {}
}
