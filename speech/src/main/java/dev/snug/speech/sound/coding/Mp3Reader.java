package dev.snug.speech.sound.coding;

import javazoom.jl.decoder.Bitstream;
import javazoom.jl.decoder.Decoder;
import javazoom.jl.decoder.Header;
import javazoom.jl.decoder.JavaLayerException;
import javazoom.jl.decoder.SampleBuffer;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Decodes MP3: MPEG 1, 2 and 2.5, layer III. A first frame of information is not sound; the silence
 * that it names at both ends is left out.
 *
 * <p>Sources: ISO/IEC 11172-3 (1993) and 13818-3 (1998) for the frames, which the library decodes;
 * {@link Mp3Information} for the rest.
 */
public final class Mp3Reader implements SampleStream {
    private final int rate;
    private final int channels;
    private final Mp3Frames frames;
    private final Bitstream bits;
    private final Decoder decoder = new Decoder();
    private int early;
    private long left = Long.MAX_VALUE;
    private long promised;

    /**
     * Begins at a frame.
     *
     * @param in from there on, tags left out; buffered
     * @throws CodingException when no frame begins here
     */
    public Mp3Reader(InputStream in) throws IOException {
        this.frames = new Mp3Frames(in);
        byte[] bytes = frames.next();
        Mp3Frame first = frames.first();
        Mp3Information information = Mp3Information.of(first, bytes);
        if (information != null) {
            frames.leaveOut();
            skip(information, first.samples());
        }
        this.rate = first.rate();
        this.channels = first.channels();
        this.bits = new Bitstream(frames);
    }

    private void skip(Mp3Information information, int frameSamples) {
        early = information.early();
        promised = Math.max(0, information.frames());
        if (promised > 0 && early > 0) {
            long silent = (long) information.delay() + information.padding();
            left = Math.max(0, promised * frameSamples - silent);
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
                if (frames.count() < promised) {
                    throw new CodingException(
                            "is cut short: it promises %d frames and has %d"
                                    .formatted(promised, frames.count()));
                }
                return samples;
            }
            int from = Math.min(early, samples.length);
            early -= from;
            int to = from + (int) Math.min(samples.length - from, left);
            left -= to - from;
            if (from < to) {
                return Arrays.copyOfRange(samples, from, to);
            }
        }
        return new float[0];
    }

    private float[] decoded() throws IOException {
        try {
            Header header = bits.readFrame();
            if (header == null) {
                return new float[0];
            }
            SampleBuffer samples = (SampleBuffer) decoder.decodeFrame(header, bits);
            bits.closeFrame();
            return mean(samples.getBuffer(), samples.getBufferLength());
        } catch (JavaLayerException e) {
            // What was found wrong with the frames comes out of the library wrapped.
            if (e.getException() instanceof CodingException found) {
                throw found;
            }
            throw new CodingException("is damaged: a frame cannot be decoded", e);
        } catch (RuntimeException e) {
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
