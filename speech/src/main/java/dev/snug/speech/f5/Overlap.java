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
        for (int frame = 0; frame < frames; frame++) {
            inverse(spectra, spectra.position() + frame * VALUES, fourier);
            int start = frame * Fourier.HOP;
            for (int i = 0; i < Fourier.WINDOW; i++) {
                sum[start + i] += fourier.real[i] / Fourier.WINDOW * window[i];
                weight[start + i] += window[i] * window[i];
            }
        }
        float[] signal = new float[(frames - 1) * Fourier.HOP];
        for (int i = 0; i < signal.length; i++) {
            int at = i + Fourier.WINDOW / 2;
            signal[i] = (float) (sum[at] / weight[at]);
        }
        return signal;
    }

    /** A real signal's upper half mirrors the lower; the transform of its conjugate goes back. */
    private static void inverse(FloatBuffer spectra, int first, Fourier fourier) {
        for (int bin = 0; bin < Fourier.BINS; bin++) {
            double real = spectra.get(first + bin);
            boolean end = bin == 0 || bin == Fourier.BINS - 1;
            double imaginary = end ? 0 : spectra.get(first + Fourier.BINS + bin);
            int mirror = (Fourier.WINDOW - bin) % Fourier.WINDOW;
            fourier.real[mirror] = real;
            fourier.imaginary[mirror] = imaginary;
            fourier.real[bin] = real;
            fourier.imaginary[bin] = -imaginary;
        }
        fourier.transform();
    }
}
