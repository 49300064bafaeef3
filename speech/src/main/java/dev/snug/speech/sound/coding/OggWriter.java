package dev.snug.speech.sound.coding;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Writes packets as one Ogg stream. A page that an audio packet ends on says when, and the last
 * page says that it is the last.
 *
 * <p>Source: RFC 3533, "The Ogg Encapsulation Format Version 0" (2003), section 6.
 */
final class OggWriter {
    private static final int HEADER_BYTES = 27;
    private static final int CHECK_AT = 22;
    private static final int LACES_MAX = 255;
    private static final long NO_GRANULE = -1;

    private final OutputStream out;
    private final int stream;
    private final ByteArrayOutputStream laces = new ByteArrayOutputStream();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private int sequence;
    private long granule = NO_GRANULE;
    private boolean isContinued;

    /**
     * Begins a stream.
     *
     * @param stream its number, which only has to differ from others in the same file
     */
    OggWriter(OutputStream out, int stream) {
        this.out = out;
        this.stream = stream;
    }

    /** Appends a packet that ends at {@code granule}; a page is written where it is full. */
    void packet(byte[] bytes, int length, long endsAt) throws IOException {
        int from = 0;
        while (true) {
            if (laces.size() == LACES_MAX) {
                page(from > 0, false);
            }
            int count = Math.min(LACES_MAX, length - from);
            laces.write(count);
            body.write(bytes, from, count);
            from += count;
            if (count < LACES_MAX) {
                granule = endsAt;
                return;
            }
        }
    }

    /** Writes what was appended as a page. */
    void flush() throws IOException {
        page(false, false);
    }

    /** Writes what was appended as the last page, at another end than its last packet's. */
    void end(long endsAt) throws IOException {
        granule = endsAt;
        page(false, true);
    }

    private void page(boolean goesOn, boolean isLast) throws IOException {
        ByteBuffer page =
                ByteBuffer.allocate(HEADER_BYTES + laces.size() + body.size())
                        .order(ByteOrder.LITTLE_ENDIAN);
        page.putInt(0x5367674f).put((byte) 0);
        int flags = (isContinued ? 1 : 0) | (sequence == 0 ? 2 : 0) | (isLast ? 4 : 0);
        page.put((byte) flags).putLong(granule).putInt(stream).putInt(sequence++).putInt(0);
        page.put((byte) laces.size()).put(laces.toByteArray()).put(body.toByteArray());
        page.putInt(CHECK_AT, OggPage.check(0, page.array(), page.capacity()));
        out.write(page.array());
        laces.reset();
        body.reset();
        granule = NO_GRANULE;
        isContinued = goesOn;
    }
}
