package dev.snug.server.answer;

import java.util.List;
import java.util.Optional;

/**
 * What is on a picture.
 *
 * @param model that answered
 * @param scores likeliest first
 * @param heatMap PNG of the layer, at most {@link #HEAT_MAP_BYTES_MAX}; empty for the other forms
 * @param nothingStandsOut whether a heat map was asked for and is zero everywhere; there is no PNG
 *     then
 * @param concerns what the photo check found, as {@link PhotoConcern} has it; answered all the same
 * @param decodedAt how the picture was decoded where it does not fit whole
 * @param seconds that the model's process took; 0 when the answer was kept
 * @param isKept whether it comes from the cache
 */
public record PictureAnswer(
        String model,
        List<Score> scores,
        Optional<byte[]> heatMap,
        boolean nothingStandsOut,
        List<PhotoConcern> concerns,
        Optional<DecodedAt> decodedAt,
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

    /** Bytes; layers of photos take 10 to 60 KiB. */
    public static final int HEAT_MAP_BYTES_MAX = 512 << 10;

    public PictureAnswer {
        scores = List.copyOf(scores);
        concerns = List.copyOf(concerns);
    }
}
