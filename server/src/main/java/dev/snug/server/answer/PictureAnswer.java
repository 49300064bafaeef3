package dev.snug.server.answer;

import java.util.List;
import java.util.Optional;

/**
 * What is on a picture.
 *
 * @param model that answered
 * @param scores likeliest first
 * @param heatMap PNG, in the form that was asked for; empty when none was asked for
 * @param nothingStandsOut whether a heat map was asked for and is zero everywhere; there is no PNG
 *     then
 * @param concerns what the photo check found, as {@link PhotoConcern} has it; answered all the same
 * @param seconds that the model's process took; 0 when the answer was kept
 * @param isKept whether it comes from the cache
 */
public record PictureAnswer(
        String model,
        List<Score> scores,
        Optional<byte[]> heatMap,
        boolean nothingStandsOut,
        List<PhotoConcern> concerns,
        double seconds,
        boolean isKept) {
    /**
     * How likely a class is.
     *
     * @param id for programs
     * @param name for people, as the model has it
     * @param probability 0 to 1, not calibrated unless the model says so
     */
    public record Score(String id, String name, double probability) {}

    public PictureAnswer {
        scores = List.copyOf(scores);
        concerns = List.copyOf(concerns);
    }
}
