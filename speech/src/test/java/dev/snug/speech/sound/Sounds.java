package dev.snug.speech.sound;

import dev.snug.speech.StageGolden;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;

/** The recordings of golden/sounds, which make_sounds.py describes, and measures of likeness. */
public final class Sounds {
    private Sounds() {}

    public static Path file(String name) {
        return StageGolden.file("sounds/" + name);
    }

    /** What ffmpeg finds in {@code name}; FLAC of one channel holds what rf64.wav does. */
    static float[] expected(String name) throws IOException {
        boolean isSame = name.equals("mono.flac") || name.equals("fixed.flac");
        ByteBuffer bytes =
                ByteBuffer.wrap(Files.readAllBytes(file((isSame ? "rf64.wav" : name) + ".s16")))
                        .order(ByteOrder.LITTLE_ENDIAN);
        float[] samples = new float[bytes.capacity() / 2];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = bytes.getShort(2 * i) / 32768f;
        }
        return samples;
    }

    /** A fifth of a second of speech at 24,000. */
    public static short[] speech() throws IOException {
        float[] samples = Resampling.at(SoundReader.read(file("mono.flac"), 60), 24_000).samples();
        return Pcm.of(samples);
    }

    /** {@code samples} again and again. */
    public static short[] repeated(short[] samples, int count) {
        short[] repeated = new short[count];
        IntStream.range(0, count).forEach(i -> repeated[i] = samples[i % samples.length]);
        return repeated;
    }

    public static float[] scaled(short[] samples) {
        float[] scaled = new float[samples.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = samples[i] / 32768f;
        }
        return scaled;
    }

    /** Decibels of the sound over its difference from {@code other}. */
    public static double likeness(float[] sound, float[] other) {
        double signal = 0;
        double noise = 1e-12;
        for (int i = 0; i < Math.min(sound.length, other.length); i++) {
            signal += (double) sound[i] * sound[i];
            noise += Math.pow(sound[i] - other[i], 2);
        }
        return 10 * Math.log10(signal / noise);
    }

    /** Samples by which {@code other} is later than {@code sound}, where they are most alike. */
    public static int later(float[] sound, float[] other, int most) {
        int best = 0;
        double highest = Double.NEGATIVE_INFINITY;
        for (int lag = -most; lag <= most; lag++) {
            double sum = 0;
            for (int i = 0; i < sound.length; i++) {
                int at = i + lag;
                sum += at < 0 || at >= other.length ? 0 : (double) sound[i] * other[at];
            }
            if (sum > highest) {
                highest = sum;
                best = lag;
            }
        }
        return best;
    }
}
