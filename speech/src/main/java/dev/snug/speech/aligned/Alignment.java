package dev.snug.speech.aligned;

import dev.snug.onnx.Tensor;
import dev.snug.speech.f5.Frames;

/**
 * Which token each mel frame belongs to, and where in it the frame lies. Pure.
 *
 * <p>Each token lasts a real number of frames. A frame belongs to the first token that ends behind
 * the frame's centre; a token of no duration, such as the space between reference and chunk, has no
 * frame.
 */
@SuppressWarnings("ArrayRecordComponent") // handed out as tensors only
record Alignment(int[] tokens, float[] places) {
    /** Frames; shorter tokens, if one has a frame at all, count as this long. */
    private static final double DURATION_MIN = 1e-3;

    /** Brings the logarithms of usual durations, 1 to 25 frames, to -1 to 1. */
    private static final double LOG_SCALE = 0.5;

    private static final double LOG_SHIFT = -0.8;

    /**
     * How long tokens last when those of the reference fill the reference and those behind the
     * space after it fill the rest.
     *
     * @param logFrames natural logarithms of relative durations: reference, one space, chunk
     * @param referenceTokens tokens before the space, 1 to all but two
     * @param referenceFrames frames of the reference, 1 to {@code frames} - 1
     * @return frames of each token, 0 for the space
     */
    static double[] durations(
            float[] logFrames, int referenceTokens, int referenceFrames, int frames) {
        if (referenceTokens < 1 || referenceTokens > logFrames.length - 2) {
            throw new IllegalArgumentException(
                    "%d tokens of the reference among %d; at least one is before the space and one behind"
                            .formatted(referenceTokens, logFrames.length));
        }
        if (referenceFrames < 1 || referenceFrames >= Frames.checked(frames)) {
            throw new IllegalArgumentException(
                    "%d frames of the reference among %d".formatted(referenceFrames, frames));
        }
        double[] durations = new double[logFrames.length];
        fill(logFrames, durations, 0, referenceTokens, referenceFrames);
        int first = referenceTokens + 1;
        fill(logFrames, durations, first, durations.length, frames - referenceFrames);
        return durations;
    }

    /** Durations from {@code from} to {@code to} that sum to {@code frames}. */
    private static void fill(float[] logFrames, double[] durations, int from, int to, int frames) {
        double sum = 0;
        for (int token = from; token < to; token++) {
            durations[token] = Math.exp(logFrames[token]);
            sum += durations[token];
        }
        // Written so that NaN fails too.
        if (!(sum > 0 && sum < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException(
                    "the durations of tokens %d to %d sum to %s".formatted(from, to - 1, sum));
        }
        for (int token = from; token < to; token++) {
            durations[token] *= frames / sum;
        }
    }

    /**
     * The alignment of {@code frames} frames, {@code places} being for each how far inside its
     * token it is, 0 to 1, and half the logarithm of the token's frames less 0.8.
     *
     * @param durations frames of each token, 0 or more, at least one token
     */
    static Alignment of(double[] durations, int frames) {
        int[] tokens = new int[Frames.checked(frames)];
        float[] places = new float[2 * frames];
        int token = 0;
        double start = 0;
        for (int frame = 0; frame < frames; frame++) {
            double centre = frame + 0.5;
            while (token < durations.length - 1 && start + durations[token] <= centre) {
                start += durations[token];
                token++;
            }
            double duration = Math.max(durations[token], DURATION_MIN);
            tokens[frame] = token;
            places[2 * frame] = (float) ((centre - start) / duration);
            places[2 * frame + 1] = (float) (LOG_SCALE * Math.log(duration) + LOG_SHIFT);
        }
        return new Alignment(tokens, places);
    }

    /** The rows of the token table, int64 [1, frames], where token i has {@code rows[i]}. */
    Tensor rows(long[] rows) {
        long[] each = new long[tokens.length];
        for (int frame = 0; frame < each.length; frame++) {
            each[frame] = rows[tokens[frame]];
        }
        return Tensor.longs(each, 1, each.length);
    }

    /** The places, float32 [1, frames, 2]. */
    Tensor placeTensor() {
        return Tensor.floats(places, 1, tokens.length, 2);
    }
}
