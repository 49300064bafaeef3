package dev.snug.vision.plan;

import dev.snug.runtime.bundle.BundleException;
import dev.snug.runtime.bundle.Manifest.Variant;
import dev.snug.runtime.plan.Knob;
import dev.snug.runtime.plan.Knob.Option;
import dev.snug.runtime.plan.Prefer;
import dev.snug.runtime.session.SessionSettings;
import dev.snug.vision.ClassifierGraphs;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What can be chosen of classifying, in the order of giving up.
 *
 * @param sides of the model's input in pixels, the model's own first
 * @param explains whether the model can be asked for heat maps
 * @param precision of its weights
 * @param isLaidOut whether the copy for this machine is loaded
 */
record ClassifyKnobs(
        ClassifyWish wish,
        List<Integer> sides,
        boolean explains,
        String precision,
        boolean isLaidOut) {
    /** As many as a knob takes; nobody imports so many sizes. */
    private static final int SIDES_MAX = 32;

    /**
     * What can be chosen of a model.
     *
     * @throws BundleException when it lacks what was asked for
     */
    static ClassifyKnobs of(ClassifierGraphs graphs, ClassifyWish wish, boolean isLaidOut) {
        boolean explain = wish.heatMap().orElse(false);
        graphs.graph(explain, wish.side().isPresent() ? wish.side().getAsInt() : null);
        if (graphs.sides().isEmpty()) {
            throw new BundleException(
                    "model %s does not say which pictures it takes; import it again"
                            .formatted(graphs.manifest().name()));
        }
        String precision =
                graphs.manifest().variants().stream()
                        .map(Variant::precision)
                        .collect(Collectors.joining(", "));
        return new ClassifyKnobs(
                wish,
                graphs.sides(),
                graphs.explains(),
                precision.isEmpty() ? "unknown" : precision,
                isLaidOut);
    }

    ClassifyChoice start() {
        return new ClassifyChoice(sides.getFirst(), false, 1);
    }

    List<Knob<ClassifyChoice>> all(Prefer prefer) {
        Stream<Knob<ClassifyChoice>> chosen =
                prefer == Prefer.SPEED
                        ? Stream.of(threads(prefer), pictureSize(prefer), heatMap(prefer))
                        : Stream.of(pictureSize(prefer), heatMap(prefer), threads(prefer));
        return Stream.of(
                        Stream.of(one("precision", precision, "as the model is stored")),
                        chosen,
                        Stream.of(decoding(), arena(), layout(), process()))
                .flatMap(each -> each)
                .toList();
    }

    private Knob<ClassifyChoice> pictureSize(Prefer prefer) {
        if (wish.side().isPresent()) {
            int side = wish.side().getAsInt();
            return Knob.fixed("picture-size", "" + side, choice -> choice.withSide(side));
        }
        return new Knob<>(
                "picture-size",
                ordered(prefer).stream()
                        .limit(SIDES_MAX)
                        .map(
                                side ->
                                        new Option<ClassifyChoice>(
                                                "" + side,
                                                sideReason(prefer, side),
                                                choice -> choice.withSide(side)))
                        .toList(),
                false);
    }

    /** The best first. Larger than its own is not what a model was trained with. */
    private List<Integer> ordered(Prefer prefer) {
        int own = sides.getFirst();
        return switch (prefer) {
            case QUALITY -> sides.stream().sorted(Comparator.reverseOrder()).toList();
            case SPEED -> sides.stream().sorted().toList();
            case BALANCED ->
                    sides.stream()
                            .filter(side -> side <= own)
                            .sorted(Comparator.reverseOrder())
                            .toList();
        };
    }

    private String sideReason(Prefer prefer, int side) {
        if (sides.size() == 1) {
            return "the only size that the model was imported with";
        }
        String own = side == sides.getFirst() ? ", the model's own" : "";
        return switch (prefer) {
            case QUALITY -> "larger pictures show more" + own;
            case SPEED -> "smaller pictures take less time" + own;
            case BALANCED ->
                    own.isEmpty() ? "smaller than the model's own, takes less" : "the model's own";
        };
    }

    private Knob<ClassifyChoice> heatMap(Prefer prefer) {
        if (wish.heatMap().isPresent()) {
            boolean asked = wish.heatMap().get();
            return Knob.fixed(
                    "heat-map", asked ? "on" : "off", choice -> choice.withHeatMap(asked));
        }
        Option<ClassifyChoice> off =
                new Option<>(
                        "off",
                        explains
                                ? "the answer without where the model looked"
                                : "the model has no convolution to look at",
                        choice -> choice.withHeatMap(false));
        if (!explains) {
            return new Knob<>("heat-map", List.of(off), false);
        }
        Option<ClassifyChoice> on =
                new Option<>(
                        "on", "shows where the model looked", choice -> choice.withHeatMap(true));
        return new Knob<>(
                "heat-map", prefer == Prefer.SPEED ? List.of(off, on) : List.of(on, off), false);
    }

    private Knob<ClassifyChoice> threads(Prefer prefer) {
        if (wish.threads().isPresent()) {
            int asked = wish.threads().getAsInt();
            int threads = asked == 0 ? most() : asked;
            return Knob.fixed("threads", "" + threads, choice -> choice.withThreads(threads));
        }
        List<Option<ClassifyChoice>> options = new ArrayList<>();
        for (int threads = prefer == Prefer.SPEED ? most() : 1; threads >= 1; threads /= 2) {
            int count = threads;
            options.add(
                    new Option<>(
                            "" + count,
                            count == 1 ? "least memory and CPU" : "answers sooner",
                            choice -> choice.withThreads(count)));
        }
        return new Knob<>("threads", options, false);
    }

    private int most() {
        return Math.min(wish.cores(), SessionSettings.THREADS_MAX);
    }

    private Knob<ClassifyChoice> arena() {
        if (wish.engine().arena().isPresent()) {
            boolean asked = wish.engine().arena().get();
            return Knob.fixed("arena", asked ? "on" : "off", choice -> choice.withArena(asked));
        }
        Option<ClassifyChoice> off =
                new Option<>(
                        "off",
                        "activations go back to the system after each picture",
                        choice -> choice.withArena(false));
        if (wish.pictures() == 1) {
            return new Knob<>("arena", List.of(off), false);
        }
        Option<ClassifyChoice> on =
                new Option<>(
                        "on",
                        "what a picture frees, the next one takes",
                        choice -> choice.withArena(true));
        return new Knob<>("arena", List.of(on, off), false);
    }

    /** Only where the largest picture is large enough for the smallest input. */
    private Knob<ClassifyChoice> decoding() {
        int least = wish.side().orElseGet(() -> sides.stream().min(Integer::compare).orElseThrow());
        int factor = wish.picture().reducedFor(least).factor();
        Option<ClassifyChoice> whole =
                new Option<>(
                        "whole",
                        "pictures are resampled from all their pixels",
                        choice -> choice.withReduced(false));
        if (factor == 1) {
            return new Knob<>("decoding", List.of(whole), false);
        }
        Option<ClassifyChoice> reduced =
                new Option<>(
                        "reduced",
                        "large pictures are averaged while they are decoded; heat maps are drawn on"
                                + " what is left",
                        choice -> choice.withReduced(true));
        return new Knob<>("decoding", List.of(whole, reduced), false);
    }

    private Knob<ClassifyChoice> layout() {
        if (wish.engine().isRewritten()) {
            return one("layout", "portable", "rewritten at each load, as was asked");
        }
        return isLaidOut
                ? one("layout", "this machine", "the copy whose weights are laid out for it")
                : one("layout", "portable", "no copy laid out for this machine is there; slower");
    }

    private static Knob<ClassifyChoice> process() {
        return one("process", "one", "pictures are answered one after the other");
    }

    private static Knob<ClassifyChoice> one(String name, String value, String reason) {
        return new Knob<>(name, List.of(new Option<>(value, reason, choice -> choice)), false);
    }
}
