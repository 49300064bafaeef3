package dev.snug.speech.sound;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.Arrays;

/**
 * Peaks under -1 dBTP. The oracle of the true peak is another interpolation than the limiter's: the
 * project's resampling filter at eight times the rate.
 */
final class TruePeakLimiterTest {
    private static final int RATE = 24_000;

    @Test
    void whatIsSoftEnoughComesOutAsItWentIn() throws IOException {
        short[] speech = Sounds.repeated(Sounds.speech(), 20_000);
        assertThat(truePeak(speech)).isLessThan(0.85);
        assertThat(limited(speech, 777)).isEqualTo(speech);
    }

    @Test
    void aWaveWhosePeaksLieBetweenItsSamplesIsLowered() {
        // A quarter of the rate, turned by 45 degrees: samples of 0.707 of the peak.
        short[] wave = new short[RATE];
        for (int i = 0; i < wave.length; i++) {
            wave[i] = (short) Math.round(32_000 * Math.sin(Math.PI / 2 * i + Math.PI / 4));
        }
        assertThat(truePeak(wave)).isGreaterThan(0.97);
        short[] limited = limited(wave, 1_000);
        assertThat(limited).hasSameSizeAs(wave);
        assertThat(decibels(truePeak(limited))).isBetween(-1.3, -0.9);
    }

    @Test
    void burstsAreLoweredAndWhatIsFarFromThemIsNot() {
        short[] noise = Lcg.wave(3, RATE, 2_000);
        for (int i = 0; i < 500; i++) {
            double rise = Math.sin(Math.PI * i / 500);
            double sum = Math.sin(0.7 * i) + Math.sin(1.3 * i + 1) + Math.sin(2.1 * i + 2);
            noise[12_000 + i] = (short) Math.clamp(rise * sum * 14_000, -32_768, 32_767);
        }
        short[] limited = limited(noise, noise.length);
        assertThat(decibels(truePeak(noise))).isGreaterThan(0);
        assertThat(decibels(truePeak(limited))).isLessThan(-0.8);
        assertThat(Arrays.copyOf(limited, 11_800)).isEqualTo(Arrays.copyOf(noise, 11_800));
        assertThat(Arrays.copyOfRange(limited, 23_000, RATE))
                .isEqualTo(Arrays.copyOfRange(noise, 23_000, RATE));
    }

    @Test
    void howSamplesComeChangesNothing() {
        short[] noise = Lcg.wave(11, 5_000, 11_000);
        assertThat(limited(noise, 1)).isEqualTo(limited(noise, 4_999));
        assertThat(limited(new short[0], 1)).isEmpty();
        assertThat(limited(new short[] {1, 2}, 1)).containsExactly(1, 2);
    }

    private static short[] limited(short[] samples, int step) {
        TruePeakLimiter limiter = new TruePeakLimiter(RATE);
        short[] all = new short[0];
        for (int from = 0; from < samples.length; from += step) {
            int to = Math.min(samples.length, from + step);
            all = joined(all, limiter.next(Arrays.copyOfRange(samples, from, to)));
        }
        return joined(all, limiter.rest());
    }

    private static short[] joined(short[] first, short[] second) {
        short[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    private static double truePeak(short[] samples) {
        // Silence at both ends, so that the filter has whole rows to run over.
        short[] padded = new short[samples.length + 400];
        System.arraycopy(samples, 0, padded, 200, samples.length);
        Recording fine = Resampling.at(new Recording(Sounds.scaled(padded), RATE), 8 * RATE);
        double peak = 0;
        for (float sample : fine.samples()) {
            peak = Math.max(peak, Math.abs(sample));
        }
        return peak;
    }

    private static double decibels(double peak) {
        return 20 * Math.log10(peak);
    }
}
