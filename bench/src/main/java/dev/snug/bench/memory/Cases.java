package dev.snug.bench.memory;

import dev.snug.onnx.quantize.Precision;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is measured, always in the same order: every stage of every model, short and long, with one
 * thread and two, weights mapped and prepacked, with the arena and without.
 *
 * <p>Held out are both architectures that say so, and of the others the sizes and settings that
 * were measured for the first time after the constants of the memory model stood.
 */
final class Cases {
    private static final long AUDIO_SAMPLES = 96_000;
    private static final long TOKENS = 60;
    private static final List<Integer> SIDES = List.of(224, 300, 384);

    private final List<Case> all = new ArrayList<>();
    private boolean isUnseen;
    private Precision precision = Precision.FP32;

    private Cases() {}

    static List<Case> all() {
        Cases cases = new Cases();
        for (Architecture architecture : Architecture.values()) {
            switch (architecture.kind) {
                case F5 -> cases.f5(architecture);
                case ARCHIVE -> cases.archive(architecture);
                case CLASSIFIER -> cases.classifier(architecture);
            }
        }
        cases.isUnseen = true;
        for (Architecture architecture : Architecture.values()) {
            if (!architecture.isHeldOut) {
                cases.unseen(architecture);
            }
        }
        for (Architecture architecture : Architecture.values()) {
            for (Precision precision :
                    Architecture.VARIANTS.getOrDefault(architecture, List.of())) {
                cases.narrow(architecture, precision);
            }
        }
        return List.copyOf(cases.all);
    }

    /** A few of a variant; no constant was chosen with a look at them. */
    private void narrow(Architecture one, Precision narrow) {
        precision = narrow;
        if (one.kind == Architecture.Kind.CLASSIFIER) {
            here(one, "classify-300", 1, true, false);
            here(one, "explain-300", 2, true, false);
            here(one, "explain-384", 1, true, true);
        } else {
            String frames = one.kind == Architecture.Kind.F5 ? "frames" : "max_duration";
            add(one, "velocity", Map.of(frames, 250L), 1, true, false);
            add(one, "velocity", Map.of(frames, 750L), 2, true, true);
            add(one, "velocity", Map.of(frames, 750L), 1, false, false);
            add(one, "velocity", Map.of(frames, 1400L), 1, true, false);
        }
        precision = Precision.FP32;
    }

    private void f5(Architecture one) {
        velocity(one, "frames");
        add(one, "text", Map.of("frames", 300L), 1, true, false);
        add(one, "text", Map.of("frames", 1200L), 2, true, false);
        add(one, "vocoder", Map.of("frames", 100L), 2, true, true);
        add(one, "vocoder", Map.of("frames", 600L), 1, true, false);
        add(one, "vocoder", Map.of("frames", 1400L), 2, true, false);
    }

    private void unseen(Architecture one) {
        switch (one.kind) {
            case F5 -> {
                unseenVelocity(one, "frames");
                add(one, "text", Map.of("frames", 800L), 1, true, true);
                add(one, "vocoder", Map.of("frames", 300L), 2, true, true);
                add(one, "vocoder", Map.of("frames", 1000L), 1, true, false);
            }
            case ARCHIVE -> {
                unseenVelocity(one, "max_duration");
                Map<String, Long> sound = Map.of("max_duration", 700L, "ref_signal_len", 200L);
                add(one, "vocoder", sound, 2, true, true);
                add(one, "mel", Map.of("audio_len", 2 * AUDIO_SAMPLES), 2, true, false);
            }
            case CLASSIFIER -> {
                here(one, "classify-224", 2, true, true);
                here(one, "classify-384", 1, true, true);
                here(one, "explain-300", 2, true, false);
                here(one, "explain-384", 1, false, true);
                add(one, "classify-384", Map.of(), 2, true, false);
            }
        }
    }

    private void unseenVelocity(Architecture one, String frames) {
        add(one, "velocity", Map.of(frames, 175L), 2, true, true);
        add(one, "velocity", Map.of(frames, 333L), 1, false, true);
        add(one, "velocity", Map.of(frames, 620L), 2, true, false);
        add(one, "velocity", Map.of(frames, 900L), 2, false, false);
        add(one, "velocity", Map.of(frames, 1234L), 1, true, true);
    }

    private void velocity(Architecture one, String frames) {
        add(one, "velocity", Map.of(frames, 100L), 1, true, false);
        add(one, "velocity", Map.of(frames, 250L), 2, true, false);
        add(one, "velocity", Map.of(frames, 500L), 1, false, false);
        add(one, "velocity", Map.of(frames, 750L), 1, true, false);
        add(one, "velocity", Map.of(frames, 750L), 1, true, true);
        add(one, "velocity", Map.of(frames, 1050L), 2, false, true);
        add(one, "velocity", Map.of(frames, 1400L), 1, true, false);
        add(one, "velocity", Map.of(frames, 1400L), 2, true, true);
    }

    private void archive(Architecture one) {
        velocity(one, "max_duration");
        Map<String, Long> text = Map.of("text_ids_len", TOKENS, "max_duration", 700L);
        add(one, "text", text, 1, true, false);
        add(one, "mel", Map.of("audio_len", AUDIO_SAMPLES), 1, true, false);
        for (long frames : new long[] {400, 1000}) {
            Map<String, Long> sound = Map.of("max_duration", frames, "ref_signal_len", 200L);
            add(one, "vocoder", sound, 1, true, false);
        }
    }

    private void classifier(Architecture one) {
        for (int side : SIDES) {
            here(one, "classify-" + side, 1, true, false);
            here(one, "explain-" + side, 1, true, false);
        }
        here(one, "classify-300", 2, true, true);
        here(one, "explain-384", 2, true, false);
        here(one, "explain-300", 1, false, false);
        here(one, "explain-224", 2, true, true);
        add(one, "classify-300", Map.of(), 1, true, false);
        add(one, "explain-224", Map.of(), 1, true, false);
    }

    private void here(
            Architecture one, String graph, int threads, boolean isMapped, boolean hasArena) {
        add(one, graph, true, Map.of(), threads, isMapped, hasArena);
    }

    private void add(
            Architecture one,
            String graph,
            Map<String, Long> sizes,
            int threads,
            boolean isMapped,
            boolean hasArena) {
        add(one, graph, false, sizes, threads, isMapped, hasArena);
    }

    private void add(
            Architecture one,
            String graph,
            boolean isLaidOut,
            Map<String, Long> sizes,
            int threads,
            boolean isMapped,
            boolean hasArena) {
        boolean isHeldOut = one.isHeldOut || isUnseen;
        all.add(
                new Case(
                        one, precision, graph, isLaidOut, sizes, threads, isMapped, hasArena,
                        isHeldOut));
    }
}
