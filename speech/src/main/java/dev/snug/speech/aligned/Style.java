package dev.snug.speech.aligned;

import dev.snug.onnx.Tensor;
import dev.snug.speech.f5.LogMel;

/** What tells one voice from another: mean and deviation of each mel band over the reference. */
final class Style {
    /** Means, then deviations. */
    static final int VALUES = 2 * LogMel.BANDS;

    /** Added to a variance, so that the gradient of its root stayed finite in training. */
    private static final double VARIANCE_MIN = 1e-4;

    private Style() {}

    /**
     * The style of a spectrogram, float32 [1, {@link #VALUES}].
     *
     * @param mel [frames, bands], at least one frame
     */
    static Tensor of(float[] mel) {
        int bands = LogMel.BANDS;
        int frames = mel.length / bands;
        float[] style = new float[VALUES];
        for (int band = 0; band < bands; band++) {
            double sum = 0;
            for (int frame = 0; frame < frames; frame++) {
                sum += mel[frame * bands + band];
            }
            double mean = sum / frames;
            double squares = 0;
            for (int frame = 0; frame < frames; frame++) {
                double distance = mel[frame * bands + band] - mean;
                squares += distance * distance;
            }
            style[band] = (float) mean;
            style[bands + band] = (float) Math.sqrt(squares / frames + VARIANCE_MIN);
        }
        return Tensor.floats(style, 1, VALUES);
    }

    /** Of no voice. */
    static Tensor none() {
        return Tensor.floats(new float[VALUES], 1, VALUES);
    }
}
