package dev.snug.speech.sound;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** A WAV file put together chunk by chunk, right or wrong. */
final class Wav {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int missing;

    Wav() {
        out.writeBytes("RIFF\0\0\0\0WAVE".getBytes(StandardCharsets.US_ASCII));
    }

    Wav chunk(String name, byte[] content) {
        length(name, content.length);
        out.writeBytes(content);
        if (content.length % 2 != 0) {
            out.write(0);
        }
        return this;
    }

    Wav many(String name, int count) {
        for (int i = 0; i < count; i++) {
            chunk(name, new byte[0]);
        }
        return this;
    }

    /** The header of a chunk, and none of its content. */
    Wav length(String name, int length) {
        out.writeBytes(name.getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(little(4).putInt(length).array());
        return this;
    }

    Wav format(int kind, int channels, int rate, int bits) {
        return chunk("fmt ", Arrays.copyOf(fields(kind, channels, rate, bits), 16));
    }

    Wav extended(int kind, int channels, int rate, int bits) {
        byte[] fields = fields(0xfffe, channels, rate, bits);
        fields[16] = 22;
        fields[18] = (byte) bits;
        fields[24] = (byte) kind;
        return chunk("fmt ", fields);
    }

    /** The 40 bytes of a format with those of the plain one filled in. */
    private static byte[] fields(int kind, int channels, int rate, int bits) {
        byte[] fields = new byte[40];
        int frame = channels * bits / 8;
        ByteBuffer format = ByteBuffer.wrap(fields).order(ByteOrder.LITTLE_ENDIAN);
        format.putShort((short) kind).putShort((short) channels).putInt(rate);
        format.putInt(rate * frame).putShort((short) frame).putShort((short) bits);
        return fields;
    }

    Wav data(String hex) {
        return chunk("data", HexFormat.of().parseHex(hex));
    }

    /** Leaves out the last bytes. */
    Wav cut(int bytes) {
        missing = bytes;
        return this;
    }

    byte[] bytes() {
        return Arrays.copyOf(out.toByteArray(), out.size() - missing);
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
