package dev.snug.speech.sound.coding;

import io.github.jaredmdobson.concentus.OpusApplication;
import io.github.jaredmdobson.concentus.OpusEncoder;
import io.github.jaredmdobson.concentus.OpusException;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * Writes Opus in Ogg: one channel, packets of 20 ms, a page each half second, exact to the sample
 * at both ends. Bytes follow from the samples alone, not from how they come.
 *
 * <p>Source: RFC 7845, "Ogg Encapsulation for the Opus Audio Codec" (2016).
 */
public final class OpusCoder implements Coder {
    private static final int GRANULE_RATE = OpusReader.RATE;
    private static final int PACKETS_A_SECOND = 50;
    private static final int PACKETS_OF_PAGE = 25;
    private static final int PACKET_BYTES_MAX = 1_275;

    /** Any number: the file holds one stream. */
    private static final int STREAM = 0x736e7567;

    private final OggWriter ogg;
    private final OpusEncoder encoder;
    private final int granules;
    private final int skip;
    private final short[] frame;
    private final byte[] packet = new byte[PACKET_BYTES_MAX];
    private int held;
    private long samples;
    private long coded;
    private int waiting;

    /**
     * Writes the headers.
     *
     * @param rate samples a second: 8,000, 12,000, 16,000, 24,000 or 48,000
     * @param kilobits a second, on average, 6 to 256
     * @param comments NAME=text each
     */
    public OpusCoder(OutputStream out, int rate, int kilobits, List<String> comments)
            throws IOException {
        this.granules = GRANULE_RATE / rate;
        this.frame = new short[rate / PACKETS_A_SECOND];
        try {
            this.encoder = new OpusEncoder(rate, 1, OpusApplication.OPUS_APPLICATION_AUDIO);
        } catch (OpusException e) {
            throw new IllegalArgumentException("a rate of " + rate, e);
        }
        encoder.setBitrate(1000 * kilobits);
        encoder.setUseVBR(true);
        this.skip = encoder.getLookahead() * granules;
        this.ogg = new OggWriter(out, STREAM);
        byte[] head = head(rate, skip);
        ogg.packet(head, head.length, 0);
        ogg.flush();
        byte[] tags = tags(comments);
        ogg.packet(tags, tags.length, 0);
        ogg.flush();
    }

    private static byte[] head(int rate, int skip) {
        ByteBuffer head = ByteBuffer.allocate(19).order(ByteOrder.LITTLE_ENDIAN);
        head.put("OpusHead".getBytes(StandardCharsets.US_ASCII)).put((byte) 1).put((byte) 1);
        return head.putShort((short) skip).putInt(rate).array();
    }

    private static byte[] tags(List<String> comments) {
        byte[] packed = CommentBlock.packed(comments);
        ByteBuffer tags = ByteBuffer.allocate(8 + packed.length);
        return tags.put("OpusTags".getBytes(StandardCharsets.US_ASCII)).put(packed).array();
    }

    @Override
    public void write(short[] more, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            frame[held++] = more[i];
            if (held == frame.length) {
                encode();
            }
        }
        samples += count;
    }

    @Override
    public void end() throws IOException {
        long ends = skip + samples * granules;
        while (coded * granules < ends) {
            Arrays.fill(frame, held, frame.length, (short) 0);
            encode();
        }
        ogg.end(ends);
    }

    /** Nothing that comes first has to be known last. */
    @Override
    public byte[] head() {
        return new byte[0];
    }

    private void encode() throws IOException {
        if (waiting == PACKETS_OF_PAGE) {
            // Only now: the last page has to wait for the end.
            ogg.flush();
            waiting = 0;
        }
        int length;
        try {
            length = encoder.encode(frame, 0, frame.length, packet, 0, packet.length);
        } catch (OpusException e) {
            throw new IllegalStateException("Opus: " + e.getMessage(), e);
        }
        held = 0;
        waiting++;
        coded += frame.length;
        ogg.packet(packet, length, coded * granules);
    }
}
