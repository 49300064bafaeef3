package dev.snug.onnx;

/** One dimension of a tensor type: a known size, a named symbol, or nothing known. */
public sealed interface Dimension {
    /** A size known before the run, ≥ 0. */
    record Fixed(long size) implements Dimension {
        public Fixed {
            if (size < 0) {
                throw new IllegalArgumentException("negative dimension " + size);
            }
        }
    }

    /** A size that is equal wherever the same name stands, such as {@code batch}. */
    record Symbol(String name) implements Dimension {}

    /** A size of which nothing is known. */
    record Unknown() implements Dimension {}

    /** The dimension of {@code size} elements. */
    static Dimension of(long size) {
        return new Fixed(size);
    }

    /** The dimension called {@code name}. */
    static Dimension symbol(String name) {
        return new Symbol(name);
    }

    /** The dimension of which nothing is known. */
    static Dimension unknown() {
        return new Unknown();
    }
}
