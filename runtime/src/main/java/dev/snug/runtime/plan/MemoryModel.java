package dev.snug.runtime.plan;

import dev.snug.onnx.lifetime.Activations;
import dev.snug.onnx.lifetime.Packing;
import dev.snug.runtime.plan.Predicted.Part;

import java.util.ArrayList;
import java.util.List;

/**
 * Predicts the peak memory of a process that runs one stage, so that a plan can refuse before
 * anything is allocated: at least what is measured, and little more.
 *
 * <p>Sizes come from the graph ({@link dev.snug.onnx.lifetime}). What is left are the constants
 * below, each the largest that was measured among the cases that are not held out in {@code
 * bench/results/memory}, rounded up: JDK 25, ONNX Runtime 1.29 on Linux, the launcher's flags and
 * its allocator settings, transparent huge pages for those that ask.
 */
public final class MemoryModel {
    private static final long KIB = 1 << 10;
    private static final long MIB = 1 << 20;

    /** The part of what a run reads. */
    static final String INPUTS = "inputs";

    /** The part of what a run computes. */
    static final String ACTIVATIONS = "activations and results";

    /** Java before the first session, its heap not counted: code, metadata, stacks, collector. */
    static final long JAVA_ANONYMOUS_BYTES = 15 * MIB + 512 * KIB;

    /**
     * The part of the heap for new objects, {@code -Xmn4m}: garbage fills it before the first
     * collection.
     */
    static final long YOUNG_BYTES = 4 * MIB;

    /**
     * Larger results do not fit beside others in the part for new objects; they stay until the
     * whole heap is collected, which the launcher's heap of 224 MiB puts off.
     */
    static final long SHORT_LIVED_BYTES_MAX = MIB;

    /** ONNX Runtime's tables and the pages of its library that are written at load. */
    static final long ENGINE_ANONYMOUS_BYTES = 10 * MIB + 512 * KIB;

    /** A node with its kernel and the names around it: 9.6 to 10.0 KiB in graphs of 20 to 590. */
    static final long NODE_BYTES = 10 * KIB + 256;

    /** What the first run leaves in allocator and stacks. */
    static final long RUN_BYTES = MIB;

    /**
     * Of a hundred bytes of activations those that whole pages and their headers add; 1.5 at most.
     */
    static final long PAGES_PERCENT = 2;

    /**
     * What an arena takes beyond what its large pieces touch; 1.3 to 2.3 MiB with {@link
     * #RUN_BYTES}.
     */
    static final long ARENA_BYTES = MIB + 512 * KIB;

    /** Stack and allocator cache of each thread but the first. */
    static final long THREAD_BYTES = 256 * KIB;

    /** Java's libraries, class cache and jars before the first session. */
    static final long JAVA_MAPPED_BYTES = 37 * MIB + 512 * KIB;

    /** What of ONNX Runtime's library is read, by loading (15.5 MiB) and by running. */
    static final long ENGINE_MAPPED_BYTES = 18 * MIB + 512 * KIB;

    private MemoryModel() {}

    /**
     * The peak of a process that opens one session for {@code stage}, runs it and keeps nothing
     * else but {@code heapBytes} on its heap.
     *
     * @param heapBytes of everything else that the program keeps, on the Java heap or in native
     *     buffers beside the inputs; with its classes it was 21 MiB for {@code snug speak} of 8 s
     */
    public static Predicted predict(Stage stage, long heapBytes) {
        List<Part> parts = new ArrayList<>();
        Activations activations = stage.activations();
        parts.add(new Part("Java", JAVA_ANONYMOUS_BYTES, JAVA_MAPPED_BYTES));
        parts.add(new Part("Java heap", heapBytes + YOUNG_BYTES, 0));
        parts.add(new Part("ONNX Runtime", ENGINE_ANONYMOUS_BYTES, ENGINE_MAPPED_BYTES));
        parts.add(new Part("graph", stage.nodes() * NODE_BYTES, 0));
        parts.add(weights(stage));
        parts.add(new Part(INPUTS, stage.inputBytes(), 0));
        parts.add(new Part(ACTIVATIONS, running(stage, activations), 0));
        parts.add(new Part("threads", (stage.settings().threads() - 1) * THREAD_BYTES, 0));
        return new Predicted(parts);
    }

    /** Mapped, or copied in another order: then the pages of what was copied go, one by one. */
    private static Part weights(Stage stage) {
        Packing packing = stage.packing();
        if (stage.settings().weightsMapped()) {
            return new Part("weights", 0, packing.weightBytes());
        }
        long left = packing.weightBytes() - packing.sourceBytes() + packing.largestBytes();
        return new Part("weights", withPages(packing.packedBytes()), left);
    }

    /**
     * A result is native memory first and then a copy on the heap. At the peak of a run all copies
     * before it may still be there; at the end of it its own is, too.
     */
    private static long running(Stage stage, Activations activations) {
        long result = activations.outputBytes();
        boolean isKept = result > SHORT_LIVED_BYTES_MAX;
        long before = isKept ? (stage.runs() - 1) * result : 0;
        long after = isKept ? stage.runs() * result : result;
        if (stage.settings().arena()) {
            long arena = withPages(activations.arenaBytes(Math.min(stage.runs(), 2)));
            return arena + after + RUN_BYTES + ARENA_BYTES;
        }
        long peak = withPages(activations.peakBytes());
        return Math.max(peak + before, result + after) + RUN_BYTES;
    }

    private static long withPages(long bytes) {
        return bytes + bytes / 100 * PAGES_PERCENT;
    }
}
