package dev.snug.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** WAV files of a tone in every kind that somebody may bring. */
final class Recordings {
    private static final int RATE = 8_000;

    private Recordings() {}

    /** PCM, of 8 or 16 bits, in {@code channels} channels. */
    static Path pcm(Path file, int bits, int channels, double seconds) throws IOException {
        int frames = (int) (seconds * RATE);
        ByteBuffer data =
                ByteBuffer.allocate(frames * channels * bits / 8).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < frames * channels; i++) {
            int frame = i / channels;
            double sample = 0.4 * Math.sin(frame * 0.3);
            if (bits == 8) {
                data.put((byte) (128 + 127 * sample));
            } else {
                data.putShort((short) (32_767 * sample));
            }
        }
        return write(file, 1, channels, bits, data.array());
    }

    /** Floats of one channel, all {@code value} but for a tone under it. */
    static Path floats(Path file, float value, double seconds) throws IOException {
        int frames = (int) (seconds * RATE);
        ByteBuffer data = ByteBuffer.allocate(frames * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < frames; i++) {
            data.putFloat(value + (float) (0.4 * Math.sin(i * 0.3)));
        }
        return write(file, 3, 1, 32, data.array());
    }

    private static Path write(Path file, int kind, int channels, int bits, byte[] data)
            throws IOException {
        ByteBuffer wav = ByteBuffer.allocate(44 + data.length).order(ByteOrder.LITTLE_ENDIAN);
        int frame = channels * bits / 8;
        wav.put(ascii("RIFF")).putInt(36 + data.length).put(ascii("WAVEfmt ")).putInt(16);
        wav.putShort((short) kind).putShort((short) channels).putInt(RATE);
        wav.putInt(RATE * frame).putShort((short) frame).putShort((short) bits);
        wav.put(ascii("data")).putInt(data.length).put(data);
        return Files.write(file, wav.array());
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
