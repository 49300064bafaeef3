package dev.snug.speech.sound.coding;

import com.jcraft.jogg.Packet;
import com.jcraft.jorbis.Block;
import com.jcraft.jorbis.Comment;
import com.jcraft.jorbis.DspState;
import com.jcraft.jorbis.Info;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Decodes Vorbis in Ogg, of 1 to 8 channels. Comments are not looked at; what the other headers
 * would have a decoder make is held against limits first.
 *
 * <p>Source: Xiph.org, "Vorbis I specification" (2020), chapter 4 and appendix A.
 */
public final class VorbisReader implements SampleStream {
    private static final int CHANNELS_MAX = 8;
    private static final int HEAD_BYTES = 30;
    private static final int HEADERS = 3;

    /** Block sizes are 2^6 to 2^13. */
    private static final int BLOCK_MIN = 6;

    private static final int BLOCK_MAX = 13;

    /** The comments in place of those that the file has: none, and the bit that ends them. */
    private static final byte[] NO_COMMENTS = {
        3, 'v', 'o', 'r', 'b', 'i', 's', 0, 0, 0, 0, 0, 0, 0, 0, 1
    };

    private final OggReader ogg;
    private final int rate;
    private final int channels;
    private final DspState decoder = new DspState();
    private final Block block;
    private final GranuleSpan span = new GranuleSpan();
    private boolean hasEnded;

    /**
     * Reads the headers.
     *
     * @throws CodingException when they are damaged or beyond the limits
     */
    public VorbisReader(InputStream in) throws IOException {
        this.ogg = new OggReader(in);
        List<byte[]> headers = headers();
        byte[] head = headers.getFirst();
        if (head.length != HEAD_BYTES) {
            throw new CodingException("has no identification header of Vorbis");
        }
        ByteBuffer fields = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        this.channels = head[11] & 0xff;
        this.rate = fields.getInt(12);
        int small = head[28] & 0xf;
        int large = head[28] >> 4 & 0xf;
        if (fields.getInt(7) != 0 || small < BLOCK_MIN || large > BLOCK_MAX || small > large) {
            throw new CodingException("has an identification header of Vorbis out of range");
        }
        if (channels < 1 || channels > CHANNELS_MAX) {
            throw new CodingException("has %d channels; 1 to 8 are read".formatted(channels));
        }
        VorbisSetup.check(headers.get(2));
        this.block = begin(List.of(head, NO_COMMENTS, headers.get(2)));
    }

    private List<byte[]> headers() throws IOException {
        List<byte[]> headers = new ArrayList<>();
        while (headers.size() < HEADERS) {
            OggPage page = ogg.next();
            headers.addAll(page.packets());
            hasEnded = page.isLast();
        }
        for (int i = 0; i < HEADERS; i++) {
            String start = new String(headers.get(i), StandardCharsets.ISO_8859_1);
            if (!start.startsWith((char) (2 * i + 1) + "vorbis")) {
                throw new CodingException("is damaged: a header of Vorbis is missing");
            }
        }
        if (headers.size() > HEADERS) {
            throw new CodingException("is damaged: sound begins on a page of headers");
        }
        return headers;
    }

    private Block begin(List<byte[]> headers) throws CodingException {
        Info info = new Info();
        Comment comment = new Comment();
        info.init();
        comment.init();
        try {
            for (int i = 0; i < HEADERS; i++) {
                if (info.synthesis_headerin(comment, packet(headers.get(i), i)) < 0) {
                    throw new CodingException("has headers that no decoder takes");
                }
            }
            decoder.synthesis_init(info);
            return new Block(decoder);
        } catch (RuntimeException e) {
            throw new CodingException("has headers that no decoder takes", e);
        }
    }

    private static Packet packet(byte[] bytes, int number) {
        Packet packet = new Packet();
        packet.packet_base = bytes;
        packet.bytes = bytes.length;
        packet.b_o_s = number == 0 ? 1 : 0;
        packet.packetno = number;
        return packet;
    }

    @Override
    public int rate() {
        return rate;
    }

    @Override
    public float[] next() throws IOException {
        while (!hasEnded) {
            OggPage page = ogg.next();
            hasEnded = page.isLast();
            float[] samples = samples(page);
            GranuleSpan.Kept kept = span.kept(page, samples.length);
            if (kept.from() < kept.to()) {
                return Arrays.copyOfRange(samples, kept.from(), kept.to());
            }
        }
        return new float[0];
    }

    private float[] samples(OggPage page) throws CodingException {
        float[] samples = new float[0];
        for (byte[] bytes : page.packets()) {
            try {
                if (block.synthesis(packet(bytes, HEADERS)) == 0) {
                    decoder.synthesis_blockin(block);
                }
                samples = withDecoded(samples);
            } catch (RuntimeException e) {
                throw new CodingException("is damaged: a packet cannot be decoded", e);
            }
        }
        return samples;
    }

    private float[] withDecoded(float[] before) {
        float[] samples = before;
        float[][][] decoded = new float[1][][];
        int[] from = new int[channels];
        int count = decoder.synthesis_pcmout(decoded, from);
        while (count > 0) {
            int at = samples.length;
            samples = Arrays.copyOf(samples, at + count);
            for (int i = 0; i < count; i++) {
                float sum = 0;
                for (int channel = 0; channel < channels; channel++) {
                    sum += decoded[0][channel][from[channel] + i];
                }
                samples[at + i] = sum / channels;
            }
            decoder.synthesis_read(count);
            count = decoder.synthesis_pcmout(decoded, from);
        }
        return samples;
    }
}
