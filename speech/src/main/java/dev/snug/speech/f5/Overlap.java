package dev.snug.speech.f5;

import java.nio.FloatBuffer;

/**
 * Spectra back to a signal: the inverse short-time Fourier transform with centred windows, [frames,
 * 2 · 513] to (frames - 1) · 256 samples.
 *
 * <p>Source: Griffin and Lim, "Signal Estimation from Modified Short-Time Fourier Transform", 1984:
 * windowed frames are added up and divided by the sum of the squared windows, as torch.istft does.
 */
final class Overlap {
    /** Values of a frame: the real parts, then the imaginary parts. */
    static final int VALUES = 2 * Fourier.BINS;

    private Overlap() {}

    /** The signal of the frames that {@code spectra} holds from its position to its limit. */
    static float[] signal(FloatBuffer spectra) {
        int frames = spectra.remaining() / VALUES;
        double[] sum = new double[Math.addExact((frames - 1) * Fourier.HOP, Fourier.WINDOW)];
        double[] weight = new double[sum.length];
        double[] window = Fourier.hann();
        Fourier fourier = new Fourier();
        for (int frame = 0; frame < frames; frame += 2) {
            int first = spectra.position() + frame * VALUES;
            boolean isPair = frame + 1 < frames;
            inverse(spectra, first, isPair, fourier);
            add(fourier.real, window, frame * Fourier.HOP, sum, weight);
            if (isPair) {
                add(fourier.imaginary, window, (frame + 1) * Fourier.HOP, sum, weight);
            }
        }
        float[] signal = new float[(frames - 1) * Fourier.HOP];
        for (int i = 0; i < signal.length; i++) {
            int at = i + Fourier.WINDOW / 2;
            signal[i] = (float) (sum[at] / weight[at]);
        }
        return signal;
    }

    private static void add(
            double[] values, double[] window, int start, double[] sum, double[] weight) {
        for (int i = 0; i < Fourier.WINDOW; i++) {
            sum[start + i] += values[i] / Fourier.WINDOW * window[i];
            weight[start + i] += window[i] * window[i];
        }
    }

    /**
     * The signals of two frames A and B at once, as real and imaginary parts of the inverse
     * transform of A + iB. A real signal's upper half mirrors the lower; a transform of the
     * mirrored spectrum goes back.
     */
    private static void inverse(FloatBuffer spectra, int first, boolean isPair, Fourier fourier) {
        for (int bin = 0; bin < Fourier.BINS; bin++) {
            boolean end = bin == 0 || bin == Fourier.BINS - 1;
            double realA = spectra.get(first + bin);
            double imaginaryA = end ? 0 : spectra.get(first + Fourier.BINS + bin);
            double realB = isPair ? spectra.get(first + VALUES + bin) : 0;
            double imaginaryB =
                    end || !isPair ? 0 : spectra.get(first + VALUES + Fourier.BINS + bin);
            int mirror = (Fourier.WINDOW - bin) % Fourier.WINDOW;
            fourier.real[mirror] = realA - imaginaryB;
            fourier.imaginary[mirror] = imaginaryA + realB;
            fourier.real[bin] = realA + imaginaryB;
            fourier.imaginary[bin] = realB - imaginaryA;
        }
        fourier.transform();
    }
}
