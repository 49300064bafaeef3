package dev.snug.speech.f5;

/**
 * The log-mel spectrogram that F5-TTS and Vocos were trained on: 24 kHz mono samples, -1 to 1, to
 * [frames, 100] natural logarithms of magnitudes.
 *
 * <p>Windows of 1024 samples every 256, centred on their frame, the signal mirrored at both ends;
 * 100 triangles without normalisation between 0 and 12 kHz, evenly spaced on the mel scale 2595 ·
 * lg(1 + f/700); magnitudes of at least 1e-5.
 *
 * <p>Source: torchaudio.transforms.MelSpectrogram with power 1, as SWivid/F5-TTS and
 * gemelo-ai/vocos call it; O'Shaughnessy, "Speech Communication", 1987, for the scale.
 */
public final class LogMel {
    /** Samples a second. */
    public static final int SAMPLE_RATE = 24_000;

    /** Bands of a frame. */
    public static final int BANDS = 100;

    /** Samples between two frames. */
    public static final int HOP = Fourier.HOP;

    /** Fewest samples: a shorter signal has nothing to mirror. */
    public static final int SAMPLES_MIN = Fourier.WINDOW / 2 + 1;

    /** Most samples, ten minutes; F5-TTS knows positions for 44 seconds. */
    public static final int SAMPLES_MAX = 600 * SAMPLE_RATE;

    private static final double MAGNITUDE_MIN = 1e-5;

    private static final float[] TRIANGLES = computedTriangles();

    private LogMel() {}

    /** Frames of a signal of that many samples. */
    public static int frames(int samples) {
        return samples / HOP + 1;
    }

    /**
     * The spectrogram of {@code samples}, frame by frame.
     *
     * @throws IllegalArgumentException when the signal is too short or too long
     */
    public static float[] of(float[] samples) {
        if (samples.length < SAMPLES_MIN || samples.length > SAMPLES_MAX) {
            throw new IllegalArgumentException(
                    "a spectrogram takes %d to %d samples of 24 kHz, not %d"
                            .formatted(SAMPLES_MIN, SAMPLES_MAX, samples.length));
        }
        float[] mel = new float[frames(samples.length) * BANDS];
        Fourier fourier = new Fourier();
        double[] window = Fourier.hann();
        double[] magnitudes = new double[Fourier.BINS];
        for (int frame = 0; frame < mel.length / BANDS; frame++) {
            int start = frame * HOP - Fourier.WINDOW / 2;
            for (int i = 0; i < Fourier.WINDOW; i++) {
                fourier.real[i] = samples[mirrored(start + i, samples.length)] * window[i];
                fourier.imaginary[i] = 0;
            }
            fourier.transform();
            for (int bin = 0; bin < Fourier.BINS; bin++) {
                magnitudes[bin] = Math.hypot(fourier.real[bin], fourier.imaginary[bin]);
            }
            bands(magnitudes, mel, frame * BANDS);
        }
        return mel;
    }

    private static int mirrored(int index, int length) {
        int inside = Math.abs(index);
        return inside < length ? inside : 2 * (length - 1) - inside;
    }

    private static void bands(double[] magnitudes, float[] mel, int first) {
        for (int band = 0; band < BANDS; band++) {
            double sum = 0;
            for (int bin = 0; bin < Fourier.BINS; bin++) {
                sum += magnitudes[bin] * TRIANGLES[band * Fourier.BINS + bin];
            }
            mel[first + band] = (float) Math.log(Math.max(sum, MAGNITUDE_MIN));
        }
    }

    /** The share of each bin in each band, [bands, bins]; a copy. */
    public static float[] triangles() {
        return TRIANGLES.clone();
    }

    private static float[] computedTriangles() {
        double[] corners = new double[BANDS + 2];
        double top = mel(SAMPLE_RATE / 2.0);
        for (int i = 0; i < corners.length; i++) {
            corners[i] = hertz(top * i / (BANDS + 1));
        }
        float[] triangles = new float[BANDS * Fourier.BINS];
        for (int band = 0; band < BANDS; band++) {
            for (int bin = 0; bin < Fourier.BINS; bin++) {
                double frequency = (double) SAMPLE_RATE * bin / Fourier.WINDOW;
                double up = (frequency - corners[band]) / (corners[band + 1] - corners[band]);
                double down =
                        (corners[band + 2] - frequency) / (corners[band + 2] - corners[band + 1]);
                triangles[band * Fourier.BINS + bin] = (float) Math.max(0, Math.min(up, down));
            }
        }
        return triangles;
    }

    private static double mel(double hertz) {
        return 2595 * Math.log10(1 + hertz / 700);
    }

    private static double hertz(double mel) {
        return 700 * (Math.pow(10, mel / 2595) - 1);
    }
}
