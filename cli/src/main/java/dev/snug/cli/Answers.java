package dev.snug.cli;

import dev.snug.vision.Classification;
import dev.snug.vision.picture.Reduction;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.Optional;

/** Where the answers of {@code snug classify} go, one picture after the other. */
interface Answers extends AutoCloseable {
    /**
     * One picture was answered.
     *
     * @param reduction how the picture was decoded where it does not fit whole
     * @param heatMap the overlay that was written; null when none was asked for or none stands out
     * @param seconds from the picture's file to this answer
     */
    void answered(
            Path file,
            Classification found,
            Optional<Reduction> reduction,
            @Nullable Path heatMap,
            double seconds);

    /** One picture could not be answered; the failure does not name the file. */
    void failed(Path file, Failure failure);

    /** All pictures are done. */
    @Override
    void close();
}
