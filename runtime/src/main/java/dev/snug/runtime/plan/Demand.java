package dev.snug.runtime.plan;

import dev.snug.runtime.budget.JvmFloor;
import dev.snug.runtime.plan.Predicted.Part;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The memory of one stage of a job, which is alone in the process while it runs.
 *
 * @param stage for people, such as {@code velocity}
 * @param predicted part by part, the Java heap left out
 * @param weightBytes mapped weights that every run of the stage reads
 */
public record Demand(String stage, Predicted predicted, long weightBytes) {
    private static final long MIB = 1 << 20;

    /**
     * Pages of Java's and ONNX Runtime's files that a run reads again and again: with fewer it
     * spends more than twice the CPU on reading them back. Measured with {@code under-limit}, see
     * docs/decisions/0019-planner.md.
     */
    public static final long FILES_STAY_BYTES = 36 * MIB;

    /** The part of {@link #FILES_STAY_BYTES} that Java needs before any session is open. */
    static final long JAVA_FILES_STAY_BYTES = 26 * MIB;

    /**
     * Of a hundred bytes of mapped weights those that must stay for at most twice the CPU, because
     * each run reads all of them and a page that was dropped is read from the disk.
     */
    static final long WEIGHTS_STAY_PERCENT = 5;

    /**
     * What the Java machine holds beside its heap before any session is open: with it, accounts and
     * plans count alike.
     */
    public static final JvmFloor JAVA_FLOOR =
            new JvmFloor(MemoryModel.JAVA_ANONYMOUS_BYTES, JAVA_FILES_STAY_BYTES);

    /**
     * Activations, graph and buffers of a run of common sizes: 16 s of speech take 0.2 GiB at F5
     * base, 0.5 where a mask makes all scores of attention appear at once; the widest convolution
     * of VGG16 takes 0.2 at 640 pixels.
     */
    static final long AMPLE_BYTES = 1024 * MIB;

    private static final Set<String> JAVA = Set.of("Java");

    private static final Set<String> OF_A_RUN = Set.of(MemoryModel.INPUTS, MemoryModel.ACTIVATIONS);

    /** What a process has once, however many sessions are open. */
    private static final Set<String> SHARED = Set.of("Java", "ONNX Runtime");

    /** What {@code stage} takes beside the Java heap. */
    public static Demand of(String name, Stage stage) {
        Predicted all = MemoryModel.predict(stage, 0);
        Predicted beside =
                new Predicted(
                        all.parts().stream()
                                .filter(part -> !part.name().equals("Java heap"))
                                .toList());
        return new Demand(name, beside, stage.packing().weightBytes());
    }

    /**
     * More than {@code name} takes, told without looking at its graph: for a limit that has room
     * for so much, planning to the byte is time spent for nothing. Who asks sees to it that sizes
     * are common ones.
     *
     * @param weightBytes of all graphs of the model
     */
    public static Demand ample(String name, long weightBytes, boolean isMapped) {
        List<Part> parts = new ArrayList<>();
        parts.add(
                new Part("Java", MemoryModel.JAVA_ANONYMOUS_BYTES, MemoryModel.JAVA_MAPPED_BYTES));
        parts.add(
                new Part(
                        "ONNX Runtime",
                        MemoryModel.ENGINE_ANONYMOUS_BYTES,
                        MemoryModel.ENGINE_MAPPED_BYTES));
        // Prepacked, the largest copy and its source are there at the same time.
        parts.add(new Part("weights", isMapped ? 0 : 2 * weightBytes, weightBytes));
        parts.add(new Part(MemoryModel.ACTIVATIONS, AMPLE_BYTES, 0));
        return new Demand(name, new Predicted(parts), weightBytes);
    }

    /** The same stage between two runs, its session still open: what it ran with is gone. */
    public Demand idle() {
        List<Part> left = new ArrayList<>();
        for (Part part : predicted.parts()) {
            switch (part.name()) {
                case MemoryModel.INPUTS -> {}
                case MemoryModel.ACTIVATIONS ->
                        left.add(new Part(part.name(), MemoryModel.RUN_BYTES, 0));
                default -> left.add(part);
            }
        }
        return new Demand(stage, new Predicted(left), weightBytes);
    }

    /** The same stage with more native buffers of the program beside it. */
    public Demand with(long bufferBytes) {
        List<Part> more = new ArrayList<>(predicted.parts());
        more.add(new Part(MemoryModel.INPUTS, bufferBytes, 0));
        return new Demand(stage, new Predicted(more), weightBytes);
    }

    /** The same stage while all of {@code other} is there too, by part. */
    public Demand beside(Demand other) {
        List<Part> both = new ArrayList<>(predicted.parts());
        for (Part more : other.predicted.parts()) {
            if (!SHARED.contains(more.name())) {
                both.add(more);
            }
        }
        return new Demand(stage, new Predicted(both), weightBytes + other.weightBytes);
    }

    /** What stays in memory even when the kernel drops every page that it can drop for a while. */
    public long staysBytes() {
        return predicted.anonymousBytes() + FILES_STAY_BYTES + weightsStayBytes();
    }

    /** Mapped weights that must stay; prepacked ones are anonymous and counted there. */
    public long weightsStayBytes() {
        long mapped =
                predicted.parts().stream()
                        .filter(part -> part.name().equals("weights"))
                        .mapToLong(Part::mappedBytes)
                        .sum();
        return mapped / 100 * WEIGHTS_STAY_PERCENT;
    }

    /**
     * What the stage is taken to hold on a device that computes it: all of its weights, its inputs
     * and what a run makes, as on the processor. What the device's own library takes beside it is
     * not in it, and nothing of it was measured on a device.
     */
    public long deviceBytes() {
        long run =
                predicted.parts().stream()
                        .filter(part -> OF_A_RUN.contains(part.name()))
                        .mapToLong(Part::anonymousBytes)
                        .sum();
        return weightBytes + run;
    }

    /** What the stage adds to a Java machine that runs already, and gives back at its end. */
    public long addedBytes() {
        long java =
                predicted.parts().stream()
                        .filter(part -> JAVA.contains(part.name()))
                        .mapToLong(Part::anonymousBytes)
                        .sum();
        return staysBytes() - java - JAVA_FILES_STAY_BYTES;
    }
}
