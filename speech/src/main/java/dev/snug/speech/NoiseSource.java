package dev.snug.speech;

/** Where the normal noise that speech starts from comes from. */
@FunctionalInterface
public interface NoiseSource {
    /** {@code count} values, float32 [frames, 100] row by row, for chunk {@code chunk}, from 0. */
    float[] values(int chunk, int count);
}
