package dev.snug.vision.plan;

import dev.snug.runtime.session.SessionSettings;
import dev.snug.vision.picture.PictureNeed;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is known of a job before it is planned. What is empty is left to the plan.
 *
 * @param side of the model's input, in pixels, as the user set it
 * @param heatMap whether heat maps are to be made, where the user said so
 * @param threads as the user set them, 0 for one per core
 * @param cores of the machine that the process may use, 1 or more
 * @param largest of the pictures, {@link dev.snug.vision.picture.PictureDecoder#need} or {@link
 *     PictureNeed#photo}; empty for {@link #PHOTO_PIXELS}
 * @param pictures how many there are, 1 or more
 * @param engine what the user fixed of the rest
 * @param reports whether a page on paper is written of each picture, too
 */
public record ClassifyWish(
        OptionalInt side,
        Optional<Boolean> heatMap,
        OptionalInt threads,
        int cores,
        Optional<PictureNeed> largest,
        int pictures,
        EngineWish engine,
        boolean reports) {
    /** What phones take unless told otherwise: 4032 x 3024. */
    public static final long PHOTO_PIXELS = 12_192_768;

    public ClassifyWish {
        if (cores < 1 || pictures < 1) {
            throw new IllegalArgumentException(
                    "%d cores and %d pictures; both are 1 or more".formatted(cores, pictures));
        }
        // Refuses what the engine would, with its words.
        threads.ifPresent(SessionSettings.MAPPED::withThreads);
    }

    /** Without reports. */
    public ClassifyWish(
            OptionalInt side,
            Optional<Boolean> heatMap,
            OptionalInt threads,
            int cores,
            Optional<PictureNeed> largest,
            int pictures,
            EngineWish engine) {
        this(side, heatMap, threads, cores, largest, pictures, engine, false);
    }

    /** Nothing fixed of the engine but its threads. */
    public ClassifyWish(
            OptionalInt side,
            Optional<Boolean> heatMap,
            OptionalInt threads,
            int cores,
            Optional<PictureNeed> largest,
            int pictures) {
        this(side, heatMap, threads, cores, largest, pictures, EngineWish.OPEN);
    }

    /** Everything left to the plan, for one photo. */
    public static ClassifyWish open(int cores) {
        return new ClassifyWish(
                OptionalInt.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                cores,
                Optional.empty(),
                1);
    }

    /** The same with a side that the user set. */
    public ClassifyWish withSide(int asked) {
        return new ClassifyWish(
                OptionalInt.of(asked), heatMap, threads, cores, largest, pictures, engine, reports);
    }

    /** The same with heat maps asked for, or not wanted. */
    public ClassifyWish withHeatMap(boolean asked) {
        return new ClassifyWish(
                side, Optional.of(asked), threads, cores, largest, pictures, engine, reports);
    }

    /** The same with threads that the user set, 0 for one per core. */
    public ClassifyWish withThreads(int asked) {
        return new ClassifyWish(
                side, heatMap, OptionalInt.of(asked), cores, largest, pictures, engine, reports);
    }

    /** The same for {@code count} pictures, of which {@code need} is the largest. */
    public ClassifyWish withPictures(PictureNeed need, int count) {
        return new ClassifyWish(
                side, heatMap, threads, cores, Optional.of(need), count, engine, reports);
    }

    /** The same with a report of each picture, or without. */
    public ClassifyWish withReports(boolean asked) {
        return new ClassifyWish(side, heatMap, threads, cores, largest, pictures, engine, asked);
    }

    /** The largest picture that is to fit. */
    PictureNeed picture() {
        return largest.orElseGet(() -> PictureNeed.photo(PHOTO_PIXELS));
    }
}
