package dev.snug.speech.text;

/**
 * What the voice said and for how long: its text and its length in samples at 24 kHz, from 1 to
 * {@link #SAMPLES_MAX}.
 */
public record Reference(Passage passage, int samples) {
    /** Samples in a second of every F5-TTS model with a 24 kHz vocoder. */
    public static final int SAMPLE_RATE = 24_000;

    /** Samples from one mel frame to the next. */
    public static final int HOP_SAMPLES = 256;

    /** Samples; 60 s, four times what the models were trained to continue. */
    public static final int SAMPLES_MAX = 60 * SAMPLE_RATE;

    public Reference {
        if (samples < 1 || samples > SAMPLES_MAX) {
            throw new TextException(
                    "a reference of %d samples is out of range 1 to %d (60 s at 24 kHz)"
                            .formatted(samples, SAMPLES_MAX));
        }
    }

    public String text() {
        return passage.text();
    }

    public double seconds() {
        return samples / (double) SAMPLE_RATE;
    }

    /** Mel frames of the recording, with the one that its centred first window adds. */
    public int frames() {
        return samples / HOP_SAMPLES + 1;
    }
}
