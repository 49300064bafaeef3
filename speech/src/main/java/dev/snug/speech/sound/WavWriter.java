package dev.snug.speech.sound;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;

/**
 * Writes one channel of int16 samples as a WAV file while they come: the EXTENSIBLE header of 80
 * bytes that libsndfile writes for VietVoice-TTS ("fmt ", "fact", "data"), then the samples. Where
 * the number of samples is not known beforehand the header's lengths are 0xFFFFFFFF, "to the end",
 * as in a pipe; {@link #header} gives the right one to who can go back.
 */
public final class WavWriter implements SoundEncoder {
    /** Bytes before the first sample. */
    public static final int HEADER_BYTES = 80;

    /** Samples; what the 32-bit lengths of the header can count. */
    public static final long SAMPLES_MAX = (0xffff_fffeL - HEADER_BYTES) / 2;

    private static final int UNKNOWN_LENGTH = 0xffff_ffff;
    private static final int BLOCK_SAMPLES = 4_096;

    /** The sub-format KSDATAFORMAT_SUBTYPE_PCM. */
    private static final byte[] PCM = {
        1, 0, 0, 0, 0, 0, 0x10, 0, (byte) 0x80, 0, 0, (byte) 0xaa, 0, 0x38, (byte) 0x9b, 0x71
    };

    private final OutputStream out;
    private final int rate;
    private final OptionalLong promised;
    private final ByteBuffer block =
            ByteBuffer.allocate(2 * BLOCK_SAMPLES).order(ByteOrder.LITTLE_ENDIAN);
    private long written;

    /**
     * Writes the header.
     *
     * @param samples how many will follow, if known
     */
    public WavWriter(OutputStream out, int rate, OptionalLong samples) throws IOException {
        this.out = out;
        this.rate = rate;
        this.promised = samples;
        out.write(header(rate, samples));
    }

    /** The bytes before the samples. */
    public static byte[] header(int rate, OptionalLong samples) {
        long count = samples.orElse(0);
        if (count < 0 || count > SAMPLES_MAX) {
            throw new IllegalArgumentException(
                    "%d samples are out of range 0 to %d".formatted(count, SAMPLES_MAX));
        }
        boolean isOpen = samples.isEmpty();
        ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        header.put(ascii("RIFF"));
        header.putInt(isOpen ? UNKNOWN_LENGTH : (int) (HEADER_BYTES - 8 + 2 * count));
        header.put(ascii("WAVEfmt ")).putInt(40);
        header.putShort((short) 0xfffe).putShort((short) 1);
        header.putInt(rate).putInt(2 * rate).putShort((short) 2).putShort((short) 16);
        // Behind the plain format: length, bits that count, the front centre loudspeaker, PCM.
        header.putShort((short) 22).putShort((short) 16).putInt(4).put(PCM);
        header.put(ascii("fact")).putInt(4).putInt(isOpen ? UNKNOWN_LENGTH : (int) count);
        header.put(ascii("data")).putInt(isOpen ? UNKNOWN_LENGTH : (int) (2 * count));
        return header.array();
    }

    @Override
    public void write(short[] samples) throws IOException {
        for (int from = 0; from < samples.length; from += BLOCK_SAMPLES) {
            block.clear();
            int count = Math.min(BLOCK_SAMPLES, samples.length - from);
            block.asShortBuffer().put(samples, from, count);
            out.write(block.array(), 0, 2 * count);
        }
        written += samples.length;
    }

    /** Samples written so far. */
    public long written() {
        return written;
    }

    /**
     * Ends the file; the stream stays open.
     *
     * @throws IllegalStateException when another number of samples was promised in the header
     */
    @Override
    public void close() throws IOException {
        out.flush();
        if (promised.isPresent() && promised.getAsLong() != written) {
            throw new IllegalStateException(
                    "the header promises %d samples and %d were written"
                            .formatted(promised.getAsLong(), written));
        }
    }

    @Override
    public byte[] head() {
        return header(rate, OptionalLong.of(written));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
