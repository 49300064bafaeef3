package dev.snug.speech.f5;

import dev.snug.onnx.Tensor;

/**
 * Cosines and sines that rotate pairs of channels by an angle proportional to the frame, [frames,
 * 32] each.
 *
 * <p>Source: Su and others, "RoFormer", 2021 (arXiv 2104.09864), θ = 10,000, neighbouring channels
 * paired. Angles are float32 products, as the networks were trained with.
 *
 * @param cosines [frames, 32]
 * @param sines [frames, 32]
 */
public record Rotation(Tensor cosines, Tensor sines) {
    private static final float THETA = 10_000;

    private static final int PAIRS = TransformerSizes.HEAD_CHANNELS / 2;

    /** The tables for {@code frames} frames. */
    public static Rotation of(int frames) {
        float[] cosines = new float[Frames.checked(frames) * PAIRS];
        float[] sines = new float[cosines.length];
        for (int pair = 0; pair < PAIRS; pair++) {
            float frequency = frequency(THETA, 2 * pair, TransformerSizes.HEAD_CHANNELS);
            for (int frame = 0; frame < frames; frame++) {
                float angle = frame * frequency;
                cosines[frame * PAIRS + pair] = (float) Math.cos(angle);
                sines[frame * PAIRS + pair] = (float) Math.sin(angle);
            }
        }
        return new Rotation(
                Tensor.floats(cosines, frames, PAIRS), Tensor.floats(sines, frames, PAIRS));
    }

    /** θ to the power of -channel/channels, rounded where PyTorch rounds. */
    static float frequency(float theta, int channel, int channels) {
        return 1 / (float) Math.pow(theta, (float) channel / channels);
    }
}
