package dev.snug.speech.sound.coding;

import javazoom.jl.decoder.Bitstream;
import javazoom.jl.decoder.Decoder;
import javazoom.jl.decoder.Header;
import javazoom.jl.decoder.JavaLayerException;
import javazoom.jl.decoder.SampleBuffer;

import org.jspecify.annotations.Nullable;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Decodes MP3: MPEG 1, 2 and 2.5, layer III. A first frame of information is not sound; the
 * silence that it names at both ends is left out.
 *
 * <p>Sources: ISO/IEC 11172-3 (1993) and 13818-3 (1998) for the frames, which the library decodes;
 * {@link Mp3Information} for the rest.
 */
public final class Mp3Reader implements SampleStream {
    private final int rate;
    private final int channels;
    private final Bitstream frames;
    private final Decoder decoder = new Decoder();
    private int early;
    private long left = Long.MAX_VALUE;

    /**
     * Begins at a frame.
     *
     * @param in from there on, tags left out
     * @throws CodingException when no frame begins here
     */
    public Mp3Reader(InputStream in) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(in);
        byte[] header = buffered.readNBytes(Mp3Frame.HEADER_BYTES);
        Mp3Frame first = frame(header);
        if (first == null) {
            throw new CodingException("is damaged: no frame of MP3 begins where one should");
        }
        byte[] rest = buffered.readNBytes(first.bytes() - Mp3Frame.HEADER_BYTES);
        byte[] whole = ByteBuffer.allocate(header.length + rest.length).put(header).put(rest).array();
        Mp3Information information = Mp3Information.of(first, whole);
        InputStream sound;
        if (information == null) {
            sound = new SequenceInputStream(new ByteArrayInputStream(whole), buffered);
        } else {
            skip(information, first.samples());
            requireFrame(buffered);
            sound = buffered;
        }
        this.rate = first.rate();
        this.channels = first.channels();
        this.frames = new Bitstream(sound);
    }

    /** What the library takes for a tag it takes into memory, as long as that says it is. */
    private static void requireFrame(BufferedInputStream in) throws IOException {
        in.mark(Mp3Frame.HEADER_BYTES);
        if (frame(in.readNBytes(Mp3Frame.HEADER_BYTES)) == null) {
            throw new CodingException("is damaged: no frame of MP3 follows the first one");
        }
        in.reset();
    }

    private static @Nullable Mp3Frame frame(byte[] header) {
        return header.length < Mp3Frame.HEADER_BYTES
                ? null
                : Mp3Frame.of(ByteBuffer.wrap(header).getInt());
    }

    private void skip(Mp3Information information, int frameSamples) {
        early = information.early();
        if (information.frames() >= 0 && information.early() > 0) {
            left =
                    Math.max(
                            0,
                            information.frames() * frameSamples
                                    - information.delay()
                                    - information.padding());
        }
    }

    @Override
    public int rate() {
        return rate;
    }

    @Override
    public float[] next() throws IOException {
        while (left > 0) {
            float[] samples = decoded();
            if (samples.length == 0) {
                return samples;
            }
            int from = Math.min(early, samples.length);
            early -= from;
            int to = (int) Math.min(samples.length, from + left);
            left -= to - from;
            if (from < to) {
                return Arrays.copyOfRange(samples, from, to);
            }
        }
        return new float[0];
    }

    private float[] decoded() throws CodingException {
        try {
            Header header = frames.readFrame();
            if (header == null) {
                return new float[0];
            }
            int count = header.mode() == Header.SINGLE_CHANNEL ? 1 : 2;
            if (header.frequency() != rate || header.layer() != 3 || count != channels) {
                throw new CodingException("changes its rate or channels within");
            }
            SampleBuffer samples = (SampleBuffer) decoder.decodeFrame(header, frames);
            frames.closeFrame();
            return mean(samples.getBuffer(), samples.getBufferLength());
        } catch (JavaLayerException | RuntimeException e) {
            throw new CodingException("is damaged: a frame cannot be decoded", e);
        }
    }

    private float[] mean(short[] samples, int length) {
        float[] mean = new float[length / channels];
        for (int i = 0; i < mean.length; i++) {
            int sum = 0;
            for (int channel = 0; channel < channels; channel++) {
                sum += samples[i * channels + channel];
            }
            mean[i] = sum / (channels * (float) 0x8000);
        }
        return mean;
    }
}
