package dev.snug.onnx.shape;

import dev.snug.onnx.Dimension;
import dev.snug.onnx.OnnxException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.LongUnaryOperator;

/** Arithmetic on dimensions of which some are not known. */
final class Dimensions {
    static final Dimension ONE = Dimension.of(1);

    /** {@code function} of a known size, else nothing known. */
    static Dimension map(Dimension dimension, LongUnaryOperator function) {
        if (!(dimension instanceof Dimension.Fixed(long size))) {
            return Dimension.unknown();
        }
        return size(function.applyAsLong(size));
    }

    /** A known size that came out of a calculation. */
    static Dimension size(long size) {
        if (size < 0) {
            throw new OnnxException("a size of the output is negative: " + size);
        }
        return Dimension.of(size);
    }

    static Dimension sum(Dimension left, Dimension right) {
        if (left instanceof Dimension.Fixed(long l) && right instanceof Dimension.Fixed(long r)) {
            return Dimension.of(Math.addExact(l, r));
        }
        return Dimension.unknown();
    }

    /** The product: a name survives beside ones, and nothing is known of other products. */
    static Dimension product(List<Dimension> factors) {
        long known = 1;
        Dimension open = null;
        int opens = 0;
        for (Dimension factor : factors) {
            if (factor instanceof Dimension.Fixed(long size)) {
                known = Math.multiplyExact(known, size);
            } else {
                open = factor;
                opens++;
            }
        }
        if (open == null || known == 0) {
            return Dimension.of(known);
        }
        return known == 1 && opens == 1 ? open : Dimension.unknown();
    }

    /** What is known of a size that both describe; {@code what} is named if they disagree. */
    static Dimension same(Dimension left, Dimension right, String what) {
        if (left instanceof Dimension.Fixed && right instanceof Dimension.Fixed) {
            if (!left.equals(right)) {
                throw new OnnxException("%s is %s and %s".formatted(what, text(left), text(right)));
            }
            return left;
        }
        if (left instanceof Dimension.Unknown || right instanceof Dimension.Fixed) {
            return right;
        }
        return left;
    }

    /** What is known of dimensions that both lists describe. */
    static List<Dimension> same(List<Dimension> left, List<Dimension> right, String what) {
        if (left.size() != right.size()) {
            throw new OnnxException(
                    "%s has %d and %d dimensions".formatted(what, left.size(), right.size()));
        }
        List<Dimension> both = new ArrayList<>();
        for (int axis = 0; axis < left.size(); axis++) {
            both.add(same(left.get(axis), right.get(axis), what + " dimension " + axis));
        }
        return both;
    }

    /** Both stretched to one shape, as numpy does it: aligned at the end, ones repeated. */
    static List<Dimension> broadcast(List<Dimension> left, List<Dimension> right) {
        int rank = Math.max(left.size(), right.size());
        List<Dimension> both = new ArrayList<>(Collections.nCopies(rank, ONE));
        for (int back = 1; back <= rank; back++) {
            Dimension l = back > left.size() ? ONE : left.get(left.size() - back);
            Dimension r = back > right.size() ? ONE : right.get(right.size() - back);
            both.set(rank - back, broadcast(l, r));
        }
        return both;
    }

    private static Dimension broadcast(Dimension left, Dimension right) {
        if (left.equals(ONE)) {
            return right;
        }
        if (right.equals(ONE)) {
            return left;
        }
        if (left instanceof Dimension.Fixed || right instanceof Dimension.Fixed) {
            // An unknown size beside a known one is either one or the same.
            return same(left, right, "a size to be broadcast");
        }
        return left.equals(right) ? left : Dimension.unknown();
    }

    /** {@code count} dimensions of which nothing is known. */
    static List<Dimension> unknown(int count) {
        return Collections.nCopies(count, Dimension.unknown());
    }

    private static String text(Dimension dimension) {
        return dimension instanceof Dimension.Fixed(long size) ? Long.toString(size) : "open";
    }

    private Dimensions() {}
}
