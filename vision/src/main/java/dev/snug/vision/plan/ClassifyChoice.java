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
 */
public record ClassifyChoice(int side, boolean heatMap, int threads, boolean arena) {
    public ClassifyChoice {
        if (side < 1 || threads < 1) {
            throw new IllegalArgumentException(
                    "a side of %d pixels and %d threads; both are 1 or more"
                            .formatted(side, threads));
        }
    }

    /** Without an arena. */
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
        return new ClassifyChoice(newSide, heatMap, threads, arena);
    }

    ClassifyChoice withHeatMap(boolean newHeatMap) {
        return new ClassifyChoice(side, newHeatMap, threads, arena);
    }

    ClassifyChoice withThreads(int newThreads) {
        return new ClassifyChoice(side, heatMap, newThreads, arena);
    }

    ClassifyChoice withArena(boolean newArena) {
        return new ClassifyChoice(side, heatMap, threads, newArena);
    }
}
