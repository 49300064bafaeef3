package dev.snug.vision.plan;

import dev.snug.runtime.session.SessionSettings;
import dev.snug.vision.Classifier;

/**
 * The settings of classifying that a plan may choose.
 *
 * @param side of the model's input, the longer one, in pixels
 * @param heatMap whether heat maps are made
 * @param threads of one operator, 1 or more
 * @param arena whether what a run frees is kept for the next picture
 * @param reduced whether pictures that are large enough are decoded reduced, as {@link
 *     dev.snug.vision.picture.Reducing} has it
 */
public record ClassifyChoice(
        int side, boolean heatMap, int threads, boolean arena, boolean reduced) {
    public ClassifyChoice {
        if (side < 1 || threads < 1) {
            throw new IllegalArgumentException(
                    "a side of %d pixels and %d threads; both are 1 or more"
                            .formatted(side, threads));
        }
    }

    /** Pictures decoded whole. */
    public ClassifyChoice(int side, boolean heatMap, int threads, boolean arena) {
        this(side, heatMap, threads, arena, false);
    }

    /** Without an arena, pictures decoded whole. */
    public ClassifyChoice(int side, boolean heatMap, int threads) {
        this(side, heatMap, threads, false);
    }

    /** The same for {@link Classifier#open}, nothing else of the engine fixed. */
    public Classifier.Options options() {
        return options(SessionSettings.MAPPED);
    }

    /**
     * The same for {@link Classifier#open}.
     *
     * @param rest of the engine's settings, which no plan chooses
     */
    public Classifier.Options options(SessionSettings rest) {
        return new Classifier.Options(heatMap, side, threads, arena, rest);
    }

    ClassifyChoice withSide(int newSide) {
        return new ClassifyChoice(newSide, heatMap, threads, arena, reduced);
    }

    ClassifyChoice withHeatMap(boolean newHeatMap) {
        return new ClassifyChoice(side, newHeatMap, threads, arena, reduced);
    }

    ClassifyChoice withThreads(int newThreads) {
        return new ClassifyChoice(side, heatMap, newThreads, arena, reduced);
    }

    ClassifyChoice withArena(boolean newArena) {
        return new ClassifyChoice(side, heatMap, threads, newArena, reduced);
    }

    ClassifyChoice withReduced(boolean newReduced) {
        return new ClassifyChoice(side, heatMap, threads, arena, newReduced);
    }
}
