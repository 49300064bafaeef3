package dev.snug.runtime.measure;

import java.util.Locale;
import java.util.Set;

/**
 * The vector instructions of a processor, as far as they decide how ONNX Runtime lays weights out.
 *
 * <p>Its kernel library MLAS chooses the block of channels of a convolution by them (16 with
 * AVX-512, 8 on other x86), so a graph laid out for one must not be run on another.
 */
public enum InstructionSet {
    AVX512,
    AVX2,
    AVX,
    SSE,
    NEON,
    /** Not told, or none that Snug knows: nothing laid out for it should be kept. */
    UNKNOWN;

    /** Its name in the key of an optimised copy: {@code avx2}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The widest set among the flags that the kernel lists for an x86-64 processor. */
    static InstructionSet ofX86Flags(Set<String> flags) {
        // MLAS asks for the foundation alone; the kernel lists it only where it saves the state.
        if (flags.contains("avx512f")) {
            return AVX512;
        }
        if (flags.contains("avx2")) {
            return AVX2;
        }
        if (flags.contains("avx")) {
            return AVX;
        }
        return flags.contains("sse2") ? SSE : UNKNOWN;
    }
}
