package dev.snug.speech.sound;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.Arrays;

/**
 * Resampling. The oracle is the sine itself: a band-limited signal at another rate is known in
 * closed form, and one above the new half rate must vanish. Measured: at most 1.4e-5 of the sine
 * (0.0002 dB, ripple and images together) up to 90 % of the lower half rate, and 100.9 dB of
 * rejection from 12.1 kHz on.
 */
final class ResamplingTest {
    private static final double SECONDS = 0.25;

    @ParameterizedTest
    @CsvSource({
        "44100,1000", "44100,10700", "48000,10700", "16000,7100", "8000,3500", "22050,9800",
        "96000,5000", "32000,10700", "11025,4900", "44099,10700", "23999,10700", "192000,440"
    })
    void aSineOfThePassbandIsTheSameSineAt24Khz(int rate, double hertz) {
        Recording out = Resampling.at(sine(rate, hertz), 24_000);
        long length = sine(rate, hertz).samples().length;
        assertThat((long) out.samples().length).isEqualTo(Math.ceilDiv(24_000 * length, rate));
        double error = 0;
        // The first and last 20 ms miss the samples outside the recording.
        for (int i = 480; i < out.samples().length - 480; i++) {
            double wanted = 0.5 * Math.sin(2 * Math.PI * hertz * i / 24_000);
            error = Math.max(error, Math.abs(out.samples()[i] - wanted));
        }
        assertThat(error).isLessThan(0.5 * 2e-5);
    }

    @ParameterizedTest
    @CsvSource({"44100,12100", "44100,17000", "48000,12100", "48000,20000", "44099,12100"})
    void whatCannotBeHeardAt24KhzDoesNotFoldBack(int rate, double hertz) {
        Recording out = Resampling.at(sine(rate, hertz), 24_000);
        double peak = 0;
        for (int i = 480; i < out.samples().length - 480; i++) {
            peak = Math.max(peak, Math.abs(out.samples()[i]));
        }
        assertThat(20 * Math.log10(peak / 0.5)).isLessThan(-100);
    }

    @Test
    void aConstantStaysWhatItIs() {
        float[] ones = new float[8_000];
        Arrays.fill(ones, 1);
        float[] out = Resampling.at(new Recording(ones, 16_000), 24_000).samples();
        for (int i = 1_000; i < 11_000; i++) {
            assertThat(out[i]).isBetween(0.999999f, 1.000001f);
        }
    }

    @Test
    void theSameRateIsTheSameRecording() {
        Recording recording = sine(24_000, 440);
        assertThat(Resampling.at(recording, 24_000)).isSameAs(recording);
    }

    private static Recording sine(int rate, double hertz) {
        float[] samples = new float[(int) Math.ceil(rate * SECONDS)];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (float) (0.5 * Math.sin(2 * Math.PI * hertz * i / rate));
        }
        return new Recording(samples, rate);
    }
}
