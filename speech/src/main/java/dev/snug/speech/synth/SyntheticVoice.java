package dev.snug.speech.synth;

import dev.snug.onnx.format.RandomElements;
import dev.snug.runtime.bundle.WholeFile;
import dev.snug.speech.f5.LogMel;
import dev.snug.speech.sound.WavWriter;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * A voice that nobody has: a tone with the formants of vowels, one vowel a syllable, with the
 * pauses and the pace of speech; 24 kHz, one channel, int16.
 *
 * <p>Source: the harmonics of a pulse through three resonances, as in Fant, "Acoustic Theory of
 * Speech Production", 1960. It is not understood by anybody; it has the spectrum and the length
 * that a reference recording has.
 *
 * @param pitchHertz the middle of its melody
 */
record SyntheticVoice(String text, double seconds, double pitchHertz, long seed) {
    /** First, second and third resonance of a, e, i, o, u in hertz. */
    private static final double[][] VOWELS = {
        {850, 1450, 2600}, {480, 1900, 2600}, {300, 2300, 3000}, {500, 900, 2500}, {330, 750, 2300}
    };

    private static final double TOP_HERTZ = 5000;
    private static final double RESONANCE_HERTZ = 90;

    /** The loudest sample. */
    private static final double PEAK = 0.6;

    /** A room is never silent, and the logarithm of silence is no number to learn from. */
    private static final float BREATH = 5e-4f;

    /**
     * Share of a syllable's time in which it sounds; a punctuation mark adds a pause of one more.
     */
    private static final double VOICED = 0.8;

    /** Writes the recording to {@code file}. */
    void write(Path file) {
        WholeFile.write(file, out -> out.write(wav()));
    }

    /** The recording as the bytes of a WAV file. */
    byte[] wav() {
        short[] samples = samples();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (WavWriter writer =
                new WavWriter(bytes, LogMel.SAMPLE_RATE, OptionalLong.of(samples.length))) {
            writer.write(samples);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** The samples, {@code seconds} of them. */
    short[] samples() {
        String[] syllables = text.strip().split("\\s+");
        double pauses = Arrays.stream(syllables).filter(SyntheticVoice::endsClause).count();
        double slot = seconds / (syllables.length + pauses);
        float[] wave = new float[(int) Math.round(seconds * LogMel.SAMPLE_RATE)];
        RandomElements random = RandomElements.of(seed, text, 0, 1);
        double start = 0;
        for (String syllable : syllables) {
            speak(wave, (int) (start * LogMel.SAMPLE_RATE), slot, random);
            start += endsClause(syllable) ? 2 * slot : slot;
        }
        return quantized(wave);
    }

    private static boolean endsClause(String syllable) {
        return ".,!?".indexOf(syllable.charAt(syllable.length() - 1)) >= 0;
    }

    /** Adds one syllable of {@code slot} seconds, its pitch going from one level to another. */
    private void speak(float[] wave, int first, double slot, RandomElements random) {
        double[] vowel = VOWELS[(int) ((random.next() + 1) / 2 * 0.999 * VOWELS.length)];
        double from = pitchHertz * (1 + 0.15 * random.next());
        double to = pitchHertz * (1 + 0.15 * random.next());
        double[] loudness = loudness(vowel, pitchHertz);
        int length = Math.min((int) (slot * VOICED * LogMel.SAMPLE_RATE), wave.length - first);
        double phase = 0;
        for (int i = 0; i < length; i++) {
            double part = (double) i / length;
            phase += 2 * Math.PI * (from + (to - from) * part) / LogMel.SAMPLE_RATE;
            double envelope = StrictMath.sqrt(StrictMath.sin(Math.PI * part));
            wave[first + i] += (float) (envelope * harmonics(phase, loudness));
        }
    }

    /** The sum of sin(kp) · loudness[k], by sin((k+1)p) = 2 cos(p) sin(kp) - sin((k-1)p). */
    private static double harmonics(double phase, double[] loudness) {
        double twice = 2 * StrictMath.cos(phase);
        double before = 0;
        double sine = StrictMath.sin(phase);
        double sum = 0;
        for (double factor : loudness) {
            sum += factor * sine;
            double next = twice * sine - before;
            before = sine;
            sine = next;
        }
        return sum;
    }

    private static double[] loudness(double[] vowel, double hertz) {
        double[] loudness = new double[(int) (TOP_HERTZ / hertz)];
        for (int k = 1; k <= loudness.length; k++) {
            for (double formant : vowel) {
                double off = (k * hertz - formant) / RESONANCE_HERTZ;
                loudness[k - 1] += 1 / (1 + off * off);
            }
            loudness[k - 1] = (loudness[k - 1] + 0.02) / StrictMath.sqrt(k);
        }
        return loudness;
    }

    private short[] quantized(float[] wave) {
        float peak = 0;
        for (float value : wave) {
            peak = Math.max(peak, Math.abs(value));
        }
        RandomElements breath = RandomElements.of(seed, "breath", 0, BREATH);
        short[] samples = new short[wave.length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) Math.round((wave[i] * PEAK / peak + breath.next()) * 32767);
        }
        return samples;
    }
}
