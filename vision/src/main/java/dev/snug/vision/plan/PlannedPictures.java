package dev.snug.vision.plan;

import dev.snug.runtime.bundle.Bundle;
import dev.snug.runtime.bundle.BundleStore;
import dev.snug.runtime.bundle.Manifest.InputSize;
import dev.snug.runtime.job.MemoryBudget;
import dev.snug.runtime.limit.MemoryLimit;
import dev.snug.runtime.limit.Observation;
import dev.snug.runtime.plan.CpuRate;
import dev.snug.runtime.plan.Plan;
import dev.snug.runtime.plan.Prefer;
import dev.snug.runtime.session.SessionSettings;
import dev.snug.vision.Classifier;
import dev.snug.vision.ClassifierGraphs;
import dev.snug.vision.OptimizedCopy;
import dev.snug.vision.picture.PictureCaps;
import dev.snug.vision.picture.PictureDecoder;
import dev.snug.vision.picture.PictureException;
import dev.snug.vision.picture.PictureLimits;
import dev.snug.vision.picture.PictureNeed;
import dev.snug.vision.picture.Reducing;
import dev.snug.vision.picture.Resampler;
import dev.snug.vision.report.ReportMemory;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Pictures, set up so that classifying them fits a memory limit.
 *
 * @param copy of the model, laid out for this machine; loaded instead where there is one
 * @param rest of the engine's settings, which no plan chooses
 * @param reports whether a report is written of each picture
 */
public record PlannedPictures(
        Bundle bundle,
        Optional<Bundle> copy,
        Plan<ClassifyChoice> memory,
        SessionSettings rest,
        boolean reports) {
    /**
     * Plans; loads nothing, but for laying the weights out for this machine where that was never
     * done and fits the limit.
     *
     * @param steps told, in words, what takes time, and what went slower than it should
     * @throws dev.snug.runtime.job.DoesNotFitException when nothing fits the limit
     */
    public static PlannedPictures of(
            BundleStore store,
            String name,
            ClassifyWish wish,
            MemoryLimit limit,
            Prefer prefer,
            Consumer<String> steps) {
        Bundle bundle = store.open(name);
        Optional<Bundle> copy =
                wish.engine().isPortable()
                        ? Optional.empty()
                        : OptimizedCopy.findOrMake(store, bundle, limit.bytes(), steps);
        ClassifyWorkload workload = ClassifyWorkload.of(bundle, copy, wish, CpuRate.GUESS);
        return new PlannedPictures(
                bundle,
                copy,
                MemoryBudget.plan(name, workload, prefer, limit, Observation.ofThisMachine(0)),
                wish.engine().rest(),
                wish.reports());
    }

    /** The same for pictures of which reports are written, or none. */
    public PlannedPictures withReports(boolean asked) {
        return new PlannedPictures(bundle, copy, memory, rest, asked);
    }

    /**
     * The picture of {@code files} that takes most, decoded whole. Those that are refused one by
     * one do not count: the others are answered all the same.
     *
     * @param model whose smallest input decides how far a picture may be reduced
     * @param side of the model's input as the user set it
     */
    public static Optional<PictureNeed> largest(
            Bundle model, OptionalInt side, List<Path> files, PictureCaps caps) {
        int least =
                side.orElseGet(
                        () ->
                                new ClassifierGraphs(model.manifest())
                                        .sides().stream().min(Integer::compare).orElse(0));
        PictureDecoder decoder = PictureDecoder.within(limits(0, caps, reducing(least, false)));
        return files.stream()
                .flatMap(file -> need(decoder, file))
                .max(Comparator.comparingLong(PictureNeed::heapBytes));
    }

    private static Stream<PictureNeed> need(PictureDecoder decoder, Path file) {
        try {
            return Stream.of(decoder.need(file).withFactor(1));
        } catch (PictureException e) {
            // Said again, and shown, when its turn comes.
            return Stream.empty();
        }
    }

    /** A side that no model has is refused elsewhere, with the sides there are. */
    private static Reducing reducing(int side, boolean isPlanned) {
        return side < 1 || side > Resampler.SIDE_PIXELS
                ? Reducing.NEVER
                : new Reducing(side, isPlanned);
    }

    /** What answering takes of the heap beside a picture. */
    public static long runBytes(Classifier classifier) {
        InputSize size = classifier.inputSize();
        return Resampler.bytes(size.width(), size.height());
    }

    /**
     * What decodes the pictures for {@code classifier}: as planned, and reduced too where a picture
     * that was not planned for does not fit whole.
     */
    public PictureDecoder decoder(Classifier classifier, PictureCaps caps) {
        InputSize size = classifier.inputSize();
        int side = Math.max(size.width(), size.height());
        Reducing reducing = reducing(side, memory.settings().reduced());
        if (reducing.inputSide() > 0) {
            reducing =
                    reducing.withSamples(
                            new ClassifierGraphs(bundle.manifest()).resize().samples(size));
        }
        return PictureDecoder.within(limits(besideBytes(classifier), caps, reducing));
    }

    /** What answering takes of the heap beside a picture, with the photo of its report. */
    public long besideBytes(Classifier classifier) {
        return runBytes(classifier) + (reports ? ReportMemory.PHOTO_BYTES : 0);
    }

    /** What a picture may take of the heap of this process beside {@code runBytes}. */
    private static PictureLimits limits(long runBytes, PictureCaps caps, Reducing reducing) {
        return PictureLimits.inHeap(Runtime.getRuntime().maxMemory(), runBytes)
                .withCaps(caps)
                .withReducing(reducing);
    }

    /** The classifier as planned, its memory reserved in {@code budget} until it is closed. */
    public Classifier open(MemoryBudget budget) {
        return Classifier.open(
                bundle,
                copy,
                memory.settings().options(rest),
                budget.gate(),
                memory.cost().largest());
    }
}
