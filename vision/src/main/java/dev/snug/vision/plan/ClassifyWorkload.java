package dev.snug.vision.plan;

import dev.snug.onnx.format.ModelReader;
import dev.snug.runtime.budget.ProcessAccounts;
import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.bundle.BundleException;
import dev.snug.runtime.bundle.Manifest;
import dev.snug.runtime.bundle.Manifest.GraphEntry;
import dev.snug.runtime.bundle.Manifest.InputSize;
import dev.snug.runtime.plan.Cost;
import dev.snug.runtime.plan.CpuRate;
import dev.snug.runtime.plan.Demand;
import dev.snug.runtime.plan.Knob;
import dev.snug.runtime.plan.Predicted;
import dev.snug.runtime.plan.Predicted.Part;
import dev.snug.runtime.plan.Prefer;
import dev.snug.runtime.plan.Stage;
import dev.snug.runtime.plan.StageGraph;
import dev.snug.runtime.plan.Workload;
import dev.snug.vision.ClassifierGraphs;
import dev.snug.vision.ClassifierSettings.Resize;
import dev.snug.vision.picture.PictureLimits;
import dev.snug.vision.picture.PictureNeed;
import dev.snug.vision.picture.Reducing;
import dev.snug.vision.picture.Resampler;
import dev.snug.vision.report.ReportMemory;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Classifying pictures as the planner sees it: one session over the graph that will be loaded, and
 * pictures one after the other on the Java heap. Reads graphs; loads no weights. Not for several
 * threads at once.
 */
public final class ClassifyWorkload implements Workload<ClassifyChoice> {
    /** CPU from the start of Java to an open session, 0.2 to 0.3 s. */
    private static final double START_SECONDS = 0.3;

    /** CPU for decoding a pixel of a JPEG photo and resampling it. */
    private static final double PIXEL_SECONDS = 32e-9;

    /** CPU for a report: half of it for the classes of its first use. */
    private static final double REPORT_SECONDS = 0.5;

    /** CPU for laying a map over a pixel and compressing it. */
    private static final double OVERLAY_PIXEL_SECONDS = 60e-9;

    /**
     * Outside the Java heap, whatever the picture: the decoder's and compressor's own memory and
     * what their code takes. Peaks of 1 and 12 megapixels were up to 1.1 MiB above the rest.
     */
    private static final long CODEC_BYTES = 2 << 20;

    /**
     * How much longer a run takes that gets its memory from the system: 0.126 CPU s instead of
     * 0.110 with EfficientNetV2-S at 300 pixels.
     */
    private static final double WITHOUT_ARENA = 1.15;

    /** Larger than what networks are trained with. */
    private static final int COMMON_SIDE = 640;

    private static final int COMMON_THREADS = 32;

    /** What of a demand is there while the model runs and not while a picture is decoded. */
    private static final Set<String> OF_A_RUN = Set.of("inputs", "activations and results");

    private final Bundle loaded;
    private final ClassifierGraphs graphs;
    private final Resize resize;
    private final ClassifyWish wish;
    private final ClassifyKnobs knobs;
    private final CpuRate rate;

    /** By file; each is looked at once. */
    private final Map<String, StageGraph> looked = new HashMap<>();

    private ClassifyWorkload(
            Bundle loaded,
            ClassifierGraphs graphs,
            Resize resize,
            ClassifyWish wish,
            ClassifyKnobs knobs,
            CpuRate rate) {
        this.loaded = loaded;
        this.graphs = graphs;
        this.resize = resize;
        this.wish = wish;
        this.knobs = knobs;
        this.rate = rate;
    }

    /**
     * The job of classifying with a model.
     *
     * @param portable the model
     * @param laidOutCopy its {@link dev.snug.vision.OptimizedCopy}, where there is one: then that
     *     is what is loaded
     * @throws BundleException when the model lacks a picture size or heat maps that were asked for;
     *     the message lists the sizes there are
     */
    public static ClassifyWorkload of(
            Bundle portable, Optional<Bundle> laidOutCopy, ClassifyWish wish, CpuRate rate) {
        ClassifierGraphs graphs = new ClassifierGraphs(portable.manifest());
        ClassifyKnobs knobs = ClassifyKnobs.of(graphs, wish, laidOutCopy.isPresent());
        return new ClassifyWorkload(
                laidOutCopy.orElse(portable), graphs, graphs.resize(), wish, knobs, rate);
    }

    @Override
    public ClassifyChoice start() {
        return knobs.start();
    }

    @Override
    public List<Knob<ClassifyChoice>> knobs(Prefer prefer) {
        return knobs.all(prefer);
    }

    @Override
    public Cost cost(ClassifyChoice choice) {
        GraphEntry graph = graphs.graph(choice.heatMap(), choice.side());
        Stage stage = stage(graph, choice);
        PictureNeed picture = picture(choice);
        Demand running = withLayouts(Demand.of(stageName(choice), stage));
        double seconds =
                rate.seconds((double) stage.activations().multiplyAdds())
                                * (choice.arena() ? 1 : WITHOUT_ARENA)
                        + picture.pixels() * PIXEL_SECONDS
                        + (choice.heatMap() ? picture.pixels() * OVERLAY_PIXEL_SECONDS : 0)
                        + (wish.reports() ? REPORT_SECONDS : 0);
        return new Cost(
                List.of(withPictures(running, picture.outsideBytes(), choice.arena())),
                heapBytes(picture, graph),
                START_SECONDS + wish.pictures() * seconds);
    }

    @Override
    public Optional<Cost> bound(ClassifyChoice choice) {
        GraphEntry graph = graphs.graph(choice.heatMap(), choice.side());
        PictureNeed picture = picture(choice);
        if (choice.side() > COMMON_SIDE || choice.threads() > COMMON_THREADS) {
            return Optional.empty();
        }
        long fileBytes =
                loaded.manifest().files().values().stream()
                        .mapToLong(Manifest.FileEntry::bytes)
                        .sum();
        Demand ample = Demand.ample(stageName(choice), fileBytes, !wish.engine().isRewritten());
        return Optional.of(
                new Cost(
                        List.of(withPictures(ample, picture.outsideBytes(), choice.arena())),
                        heapBytes(picture, graph),
                        0));
    }

    /** The largest picture as it is decoded. */
    private PictureNeed picture(ClassifyChoice choice) {
        PictureNeed whole = wish.picture();
        if (!choice.reduced()) {
            return whole;
        }
        InputSize size = graphs.graph(choice.heatMap(), choice.side()).inputSize();
        Reducing reducing = new Reducing(choice.side(), true);
        return whole.reduced(size == null ? reducing : reducing.withSamples(resize.samples(size)));
    }

    private static String stageName(ClassifyChoice choice) {
        return choice.heatMap() ? "explain" : "classify";
    }

    private Stage stage(GraphEntry graph, ClassifyChoice choice) {
        return looked.computeIfAbsent(graph.file(), this::look)
                .stage(
                        Map.of(),
                        Math.min(wish.pictures(), 2),
                        new Stage.Settings(choice.threads(), true, choice.arena()));
    }

    /** Of a graph that is rewritten at load all weights are copied at worst, to be laid out. */
    private Demand withLayouts(Demand running) {
        if (!wish.engine().isRewritten()) {
            return running;
        }
        List<Part> parts = new ArrayList<>(running.predicted().parts());
        parts.add(new Part("layouts", Float.BYTES * loaded.manifest().parameters(), 0));
        return new Demand(running.stage(), new Predicted(parts), running.weightBytes());
    }

    private StageGraph look(String name) {
        Path file = loaded.file(name);
        try {
            return StageGraph.of(ModelReader.read(file));
        } catch (IOException e) {
            throw new BundleException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /**
     * As much as {@link PictureLimits#inHeap} asks for, and what it cannot see of the heap. A
     * report is laid out when the picture is gone, but for the photo on it.
     */
    private long heapBytes(PictureNeed picture, GraphEntry graph) {
        InputSize size = graph.inputSize();
        long levels = size == null ? 0 : Resampler.bytes(size.width(), size.height());
        long answering = picture.heapBytes() + levels;
        return ProcessAccounts.HEAP_OWN_BYTES
                + PictureLimits.SURVIVOR_BYTES
                + (wish.reports()
                        ? Math.max(answering + ReportMemory.PHOTO_BYTES, ReportMemory.HEAP_BYTES)
                        : answering);
    }

    /**
     * A picture is decoded while the session is open and no run goes on, so what its decoder holds
     * outside the Java heap adds only what is more than a run takes; all of it, where an arena
     * keeps what the last run took.
     */
    private Demand withPictures(Demand running, long outsideBytes, boolean arena) {
        long ofARun =
                running.predicted().parts().stream()
                        .filter(_ -> !arena)
                        .filter(part -> OF_A_RUN.contains(part.name()))
                        .mapToLong(Part::anonymousBytes)
                        .sum();
        List<Part> parts = new ArrayList<>(running.predicted().parts());
        parts.add(new Part("decoding", CODEC_BYTES + Math.max(0, outsideBytes - ofARun), 0));
        if (wish.reports()) {
            parts.add(new Part("report", ReportMemory.OUTSIDE_BYTES, 0));
        }
        return new Demand(running.stage(), new Predicted(parts), running.weightBytes());
    }
}
