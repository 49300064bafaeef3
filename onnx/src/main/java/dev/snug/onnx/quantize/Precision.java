package dev.snug.onnx.quantize;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How the large weights of a model are stored, and what its products are computed in. */
public enum Precision {
    /** As imported. */
    FP32("float32, as imported"),

    /** Float16 in the file, float32 when computed. */
    FP16("float16 in the file, computed in float32"),

    /**
     * Whole numbers of 8 bits: in blocks of a matrix's columns, each with a scale, or by output
     * channel of a convolution; computed in float32.
     */
    INT8("8 bits with a scale for each block or channel, computed in float32"),

    /** As {@link #INT8} with 4 bits; of matrices only. */
    INT4("4 bits with a scale for each block, computed in float32"),

    /**
     * Matrices by output channel in 7 of 8 bits; what they are multiplied with is rounded to 8 bits
     * in each run, and the product computed in whole numbers.
     */
    DYNAMIC_INT8("8 bits, what comes in rounded too, computed in whole numbers");

    private final String meaning;

    Precision(String meaning) {
        this.meaning = meaning;
    }

    /** As options, names of models and manifests say it: {@code dynamic-int8}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** What it is, for people; no sentence. */
    public String meaning() {
        return meaning;
    }

    /** The one of that word; empty when there is none. */
    public static Optional<Precision> of(String word) {
        return Arrays.stream(values()).filter(each -> each.word().equals(word)).findFirst();
    }
}
