package dev.snug.onnx.shape;

import dev.snug.onnx.Dimension;
import dev.snug.onnx.OnnxException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Operators that keep the elements and lay them out in other dimensions. */
final class LayoutRules {
    static void concat(Site site) {
        List<Dimension> y = new ArrayList<>(site.dimensions(0));
        int axis = site.axis("axis", 0, y.size());
        for (int input = 1; input < site.node().inputs().size(); input++) {
            List<Dimension> x = new ArrayList<>(site.dimensions(input));
            Dimension length = x.size() == y.size() ? x.get(axis) : Dimension.unknown();
            Dimension total = Dimensions.sum(y.get(axis), length);
            y.set(axis, Dimension.unknown());
            if (x.size() == y.size()) {
                x.set(axis, Dimension.unknown());
            }
            y = new ArrayList<>(Dimensions.same(y, x, "the output"));
            y.set(axis, total);
        }
        site.make(y);
    }

    /** In the wanted shape 0 is the input's size there, and −1 whatever is left. */
    static void reshape(Site site) {
        Optional<long[]> wanted = site.constant(1, "shape");
        if (wanted.isEmpty()) {
            ofRankOf(site, 1);
            return;
        }
        boolean zeroCopies = site.node().longAttribute("allowzero", 0) == 0;
        // What is copied takes no part in the division, so it may be unknown.
        List<Dimension> left = new ArrayList<>(site.dimensions(0));
        List<Dimension> asked = new ArrayList<>();
        List<Dimension> y = new ArrayList<>();
        int open = -1;
        for (long size : wanted.get()) {
            if (size == 0 && zeroCopies) {
                y.add(left.set(Site.axis(y.size(), left.size()), Dimensions.ONE));
            } else if (size == -1 && open < 0) {
                open = y.size();
                y.add(Dimension.unknown());
            } else {
                y.add(Dimensions.size(size));
                asked.add(y.getLast());
            }
        }
        Dimension elements = Dimensions.product(left);
        if (open < 0) {
            Dimensions.same(elements, Dimensions.product(asked), "the number of elements");
        } else {
            y.set(open, quotient(elements, Dimensions.product(asked)));
        }
        site.make(y);
    }

    private static Dimension quotient(Dimension elements, Dimension asked) {
        if (asked.equals(Dimensions.ONE)) {
            return elements;
        }
        if (!(elements instanceof Dimension.Fixed(long dividend))
                || !(asked instanceof Dimension.Fixed(long divisor))
                || divisor == 0) {
            return Dimension.unknown();
        }
        if (dividend % divisor != 0) {
            throw new OnnxException(
                    "%d elements do not make rows of %d".formatted(dividend, divisor));
        }
        return Dimension.of(dividend / divisor);
    }

    static void flatten(Site site) {
        List<Dimension> x = site.dimensions(0);
        long asked = site.node().longAttribute("axis", 1);
        int axis = asked == x.size() ? x.size() : Site.axis(asked, x.size());
        site.make(
                List.of(
                        Dimensions.product(x.subList(0, axis)),
                        Dimensions.product(x.subList(axis, x.size()))));
    }

    static void transpose(Site site) {
        List<Dimension> x = site.dimensions(0);
        if (!site.node().attributes().containsKey("perm")) {
            site.make(x.reversed());
            return;
        }
        long[] order = site.node().longsAttribute("perm");
        if (order.length != x.size()
                || Arrays.stream(order).map(axis -> Site.axis(axis, x.size())).distinct().count()
                        != x.size()) {
            throw new OnnxException(
                    "perm %s is no order of %d axes".formatted(Arrays.toString(order), x.size()));
        }
        List<Dimension> y = new ArrayList<>();
        for (long axis : order) {
            y.add(x.get(Site.axis(axis, x.size())));
        }
        site.make(y);
    }

    static void squeeze(Site site) {
        List<Dimension> x = site.dimensions(0);
        if (!site.has(1, "axes")) {
            // Without axes every 1 goes, so each size must be known.
            if (site.type(0).shape().isFixed()) {
                site.make(x.stream().filter(size -> !size.equals(Dimensions.ONE)).toList());
            }
            return;
        }
        Optional<long[]> axes = site.constant(1, "axes");
        if (axes.isEmpty()) {
            return;
        }
        boolean[] gone = marked(axes.get(), x.size());
        List<Dimension> y = new ArrayList<>();
        for (int axis = 0; axis < gone.length; axis++) {
            if (gone[axis]) {
                Dimensions.same(x.get(axis), Dimensions.ONE, "the size of axis " + axis);
            } else {
                y.add(x.get(axis));
            }
        }
        site.make(y);
    }

    static void unsqueeze(Site site) {
        Optional<long[]> axes = site.constant(1, "axes");
        if (axes.isEmpty()) {
            return;
        }
        List<Dimension> x = site.dimensions(0);
        boolean[] fresh = marked(axes.get(), x.size() + axes.get().length);
        List<Dimension> y = new ArrayList<>();
        int next = 0;
        for (boolean isFresh : fresh) {
            y.add(isFresh ? Dimensions.ONE : x.get(next++));
        }
        site.make(y);
    }

    static void expand(Site site) {
        Optional<long[]> constant = site.constant(1);
        if (constant.isPresent()) {
            List<Dimension> asked =
                    Arrays.stream(constant.get()).mapToObj(Dimensions::size).toList();
            site.make(Dimensions.broadcast(site.dimensions(0), asked));
        }
    }

    static void pad(Site site) {
        List<Dimension> x = site.dimensions(0);
        Optional<long[]> pads = site.constant(1, "pads");
        Optional<long[]> axes = site.has(3) ? site.constant(3) : Optional.of(all(x.size()));
        if (pads.isEmpty() || axes.isEmpty()) {
            site.make(Dimensions.unknown(x.size()));
            return;
        }
        int count = axes.get().length;
        marked(axes.get(), x.size());
        if (pads.get().length != 2 * count) {
            throw new OnnxException(
                    "%d pads for %d axes; each axis has two".formatted(pads.get().length, count));
        }
        List<Dimension> y = new ArrayList<>(x);
        for (int index = 0; index < count; index++) {
            int axis = Site.axis(axes.get()[index], x.size());
            long more = Math.addExact(pads.get()[index], pads.get()[count + index]);
            if (more != 0) {
                y.set(axis, Dimensions.map(x.get(axis), size -> Math.addExact(size, more)));
            }
        }
        site.make(y);
    }

    static long[] all(int rank) {
        long[] axes = new long[rank];
        Arrays.setAll(axes, axis -> axis);
        return axes;
    }

    /** Which of {@code rank} axes are named; none may be named twice. */
    static boolean[] marked(long[] axes, int rank) {
        boolean[] marked = new boolean[rank];
        for (long axis : axes) {
            int index = Site.axis(axis, rank);
            if (marked[index]) {
                throw new OnnxException("axis " + index + " is named twice");
            }
            marked[index] = true;
        }
        return marked;
    }

    /** Makes an output whose rank is the length of input {@code index} and no more is known. */
    private static void ofRankOf(Site site, int index) {
        List<Dimension> list = site.dimensions(index);
        if (list.size() == 1 && list.getFirst() instanceof Dimension.Fixed(long rank)) {
            site.make(Collections.nCopies(Math.toIntExact(rank), Dimension.unknown()));
        }
    }

    private LayoutRules() {}
}
