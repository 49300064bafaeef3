package dev.snug.speech;

import dev.snug.speech.network.Networks;
import dev.snug.speech.text.Chunk;

/**
 * Noise that somebody brings for the first chunk: float32 [frames, 100], finite. The values are not
 * copied: who hands them over must not change them.
 */
@SuppressWarnings("ArrayRecordComponent")
public record GivenNoise(float[] values) {
    public GivenNoise {
        if (values.length == 0
                || values.length % Networks.BANDS != 0
                || values.length / Networks.BANDS > Chunk.FRAMES_MAX) {
            throw new IllegalArgumentException(
                    "noise of %d values is not [frames, %d] with 1 to %d frames"
                            .formatted(values.length, Networks.BANDS, Chunk.FRAMES_MAX));
        }
        for (int i = 0; i < values.length; i++) {
            if (!Float.isFinite(values[i])) {
                throw new IllegalArgumentException(
                        "noise has %s at frame %d, band %d; give finite numbers"
                                .formatted(values[i], i / Networks.BANDS, i % Networks.BANDS));
            }
        }
    }

    public int frames() {
        return values.length / Networks.BANDS;
    }
}
