package dev.snug.speech.sound.coding;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the first stream of an Ogg file page by page. Pages of other streams are skipped, a second
 * stream that follows is left; every page has to have its check sum. Memory: a page of 64 KiB, and
 * a packet of at most {@link #PACKET_BYTES_MAX}.
 *
 * <p>Source: RFC 3533, "The Ogg Encapsulation Format Version 0" (2003), section 6.
 */
final class OggReader {
    /** Bytes of a packet; the largest are comments with a picture of the cover. */
    static final int PACKET_BYTES_MAX = 16 << 20;

    private static final int HEADER_BYTES = 27;
    private static final int CHECK_AT = 22;
    private static final int CONTINUED = 1;
    private static final int FIRST = 2;
    private static final int LAST = 4;

    private final InputStream in;
    private final ByteArrayOutputStream packet = new ByteArrayOutputStream();
    private int stream;
    private int sequence;
    private boolean hasBegun;
    private boolean hasEnded;

    OggReader(InputStream in) {
        this.in = in;
    }

    /**
     * The next page of the stream.
     *
     * @throws CodingException when it is damaged, or there is none because the file ends early
     */
    OggPage next() throws IOException {
        if (hasEnded) {
            throw new CodingException("is cut short: its stream ends within its headers");
        }
        while (true) {
            byte[] header = in.readNBytes(HEADER_BYTES);
            if (header.length == 0 && packet.size() == 0 && hasBegun) {
                // Recorders that are switched off leave no mark at the end.
                hasEnded = true;
                return new OggPage(List.of(), -1, true);
            }
            OggPage page = page(header);
            if (page != null) {
                hasEnded = page.isLast();
                return page;
            }
        }
    }

    private @Nullable OggPage page(byte[] header) throws IOException {
        if (header.length < HEADER_BYTES) {
            throw new CodingException("is cut short inside a page");
        }
        ByteBuffer fields = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
        if (fields.getInt(0) != 0x5367674f || header[4] != 0) {
            throw new CodingException("is damaged: no page begins where one should");
        }
        byte[] lengths = exactly(header[26] & 0xff);
        int total = 0;
        for (byte length : lengths) {
            total += length & 0xff;
        }
        byte[] body = exactly(total);
        int expected = fields.getInt(CHECK_AT);
        fields.putInt(CHECK_AT, 0);
        int sum = OggPage.check(0, header, header.length);
        sum = OggPage.check(OggPage.check(sum, lengths, lengths.length), body, total);
        if (sum != expected) {
            throw new CodingException("is damaged: a page has another check sum");
        }
        int flags = header[5];
        if (!hasBegun) {
            begin(fields, flags);
        }
        if (fields.getInt(14) != stream) {
            return null;
        }
        if (fields.getInt(18) != sequence || ((flags & CONTINUED) != 0) != packet.size() > 0) {
            throw new CodingException("is damaged: a page is missing");
        }
        sequence++;
        return new OggPage(packets(lengths, body), fields.getLong(6), (flags & LAST) != 0);
    }

    private void begin(ByteBuffer fields, int flags) throws CodingException {
        if ((flags & FIRST) == 0) {
            throw new CodingException("is damaged: its first page is missing");
        }
        stream = fields.getInt(14);
        sequence = fields.getInt(18);
        hasBegun = true;
    }

    private List<byte[]> packets(byte[] lengths, byte[] body) throws CodingException {
        List<byte[]> packets = new ArrayList<>();
        int from = 0;
        for (byte length : lengths) {
            int count = length & 0xff;
            if (packet.size() + count > PACKET_BYTES_MAX) {
                throw new CodingException(
                        "has a packet of more than " + PACKET_BYTES_MAX + " bytes");
            }
            packet.write(body, from, count);
            from += count;
            if (count < 255) {
                packets.add(packet.toByteArray());
                packet.reset();
            }
        }
        return packets;
    }

    private byte[] exactly(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new CodingException("is cut short inside a page");
        }
        return bytes;
    }
}
