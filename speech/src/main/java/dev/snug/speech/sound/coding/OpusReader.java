package dev.snug.speech.sound.coding;

import io.github.jaredmdobson.concentus.OpusException;
import io.github.jaredmdobson.concentus.OpusMSDecoder;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Decodes Opus in Ogg, of one or two channels or a layout of up to eight, at 48,000 samples a
 * second, whatever it was made from. What a decoder needs to settle and what fills the last packet
 * is left out, and the file's gain is applied.
 *
 * <p>Source: RFC 7845, "Ogg Encapsulation for the Opus Audio Codec" (2016).
 */
public final class OpusReader implements SampleStream {
    /** Samples a second that granules count in. */
    static final int RATE = 48_000;

    private static final int PACKET_SAMPLES_MAX = RATE / 1000 * 120;
    private static final int CHANNELS_MAX = 8;
    private static final int HEAD_BYTES = 19;

    private final OggReader ogg;
    private final int channels;
    private final float scale;
    private final OpusMSDecoder decoder;
    private final short[] decoded;
    private final GranuleSpan span = new GranuleSpan();
    private int skip;
    private boolean hasEnded;

    /**
     * Reads the headers.
     *
     * @throws CodingException when they are damaged or of a kind that is not read
     */
    public OpusReader(InputStream in) throws IOException {
        this.ogg = new OggReader(in);
        byte[] head = firstPacket(ogg.next());
        if (head.length < HEAD_BYTES || (head[8] & 0xf0) != 0) {
            throw new CodingException("has no OpusHead of version 1");
        }
        ByteBuffer fields = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        this.channels = head[9];
        this.skip = fields.getShort(10) & 0xffff;
        double gain = Math.pow(10, fields.getShort(16) / (20.0 * 256));
        this.scale = (float) (gain / (channels * (double) 0x8000));
        if (channels < 1 || channels > CHANNELS_MAX) {
            throw new CodingException("has %d channels; 1 to 8 are read".formatted(channels));
        }
        this.decoder = decoder(head);
        this.decoded = new short[PACKET_SAMPLES_MAX * channels];
        skipTags();
    }

    private static byte[] firstPacket(OggPage page) throws CodingException {
        if (page.packets().size() != 1) {
            throw new CodingException("is damaged: its first page is not its head alone");
        }
        return page.packets().getFirst();
    }

    private void skipTags() throws IOException {
        OggPage page = ogg.next();
        while (page.packets().isEmpty()) {
            page = ogg.next();
        }
        String start = new String(page.packets().getFirst(), StandardCharsets.ISO_8859_1);
        if (!start.startsWith("OpusTags") || page.packets().size() > 1) {
            throw new CodingException("is damaged: no OpusTags follow its head");
        }
        hasEnded = page.isLast();
    }

    private OpusMSDecoder decoder(byte[] head) throws CodingException {
        int family = head[18] & 0xff;
        short[] mapping = {0, 1};
        int streams = 1;
        int coupled = channels - 1;
        if (family == 1 && head.length >= HEAD_BYTES + 2 + channels) {
            streams = head[19] & 0xff;
            coupled = head[20] & 0xff;
            mapping = new short[channels];
            for (int i = 0; i < channels; i++) {
                mapping[i] = (short) (head[21 + i] & 0xff);
            }
        } else if (family != 0 || channels > 2) {
            throw new CodingException(
                    "has channels of family %d, which is not read".formatted(family));
        }
        if (streams < 1 || coupled > streams || streams + coupled > CHANNELS_MAX) {
            throw new CodingException("is damaged: it has %d streams".formatted(streams));
        }
        try {
            return OpusMSDecoder.create(RATE, channels, streams, coupled, mapping);
        } catch (OpusException | RuntimeException e) {
            throw new CodingException("has a head that no decoder takes", e);
        }
    }

    @Override
    public int rate() {
        return RATE;
    }

    @Override
    public float[] next() throws IOException {
        while (!hasEnded) {
            OggPage page = ogg.next();
            hasEnded = page.isLast();
            float[] samples = samples(page);
            GranuleSpan.Kept kept = span.kept(page, samples.length);
            int from = Math.min(kept.to(), kept.from() + skip);
            skip -= from - kept.from();
            if (from < kept.to()) {
                return Arrays.copyOfRange(samples, from, kept.to());
            }
        }
        return new float[0];
    }

    private float[] samples(OggPage page) throws CodingException {
        float[] samples = new float[0];
        int count = 0;
        for (byte[] packet : page.packets()) {
            int frames = decode(packet);
            if (count + frames > samples.length) {
                samples = Arrays.copyOf(samples, 2 * (count + frames));
            }
            for (int frame = 0; frame < frames; frame++) {
                int sum = 0;
                for (int channel = 0; channel < channels; channel++) {
                    sum += decoded[frame * channels + channel];
                }
                samples[count++] = sum * scale;
            }
        }
        return Arrays.copyOf(samples, count);
    }

    private int decode(byte[] packet) throws CodingException {
        try {
            int frames =
                    decoder.decodeMultistream(
                            packet, 0, packet.length, decoded, 0, PACKET_SAMPLES_MAX, 0);
            if (frames >= 0) {
                return frames;
            }
        } catch (RuntimeException e) {
            throw new CodingException("is damaged: a packet cannot be decoded", e);
        }
        throw new CodingException("is damaged: a packet cannot be decoded");
    }
}
