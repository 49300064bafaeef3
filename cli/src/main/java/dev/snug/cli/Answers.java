package dev.snug.cli;

import dev.snug.vision.Classification;
import dev.snug.vision.picture.Reduction;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.Optional;

/** Where the answers of {@code snug classify} go, one picture after the other. */
interface Answers extends AutoCloseable {
    /**
     * Files that were written of a picture.
     *
     * @param heatMap the overlay; null when none was asked for or none stands out
     * @param report null when none was asked for
     */
    record Written(@Nullable Path heatMap, @Nullable Path report) {
        static final Written NOTHING = new Written(null, null);
    }

    /**
     * One picture was answered.
     *
     * @param reduction how the picture was decoded where it does not fit whole
     * @param written beside the answer
     * @param seconds from the picture's file to this answer
     */
    void answered(
            Path file,
            Classification found,
            Optional<Reduction> reduction,
            Written written,
            double seconds);

    /** One picture could not be answered; the failure does not name the file. */
    void failed(Path file, Failure failure);

    /** All pictures are done. */
    @Override
    void close();
}
