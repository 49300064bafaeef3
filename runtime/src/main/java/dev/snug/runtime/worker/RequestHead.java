package dev.snug.runtime.worker;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Payload of {@link FrameKind#REQUEST}: id (8 bytes), length of the body (8), name (UTF-8, to the
 * end).
 *
 * @param id counts a worker's requests from 1
 */
record RequestHead(long id, long bodyBytes, String name) {
    private static final int FIXED_BYTES = 2 * Long.BYTES;

    ByteBuffer encoded() {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(FIXED_BYTES + text.length)
                .putLong(id)
                .putLong(bodyBytes)
                .put(text)
                .flip();
    }

    /**
     * Reads it.
     *
     * @throws WireException when a length is out of its range
     */
    static RequestHead decode(ByteBuffer payload) throws WireException {
        int nameBytes = payload.remaining() - FIXED_BYTES;
        if (nameBytes < 1 || nameBytes > Request.NAME_BYTES_MAX) {
            throw new WireException(
                    "a request has a name of %d bytes; 1 to %d are allowed"
                            .formatted(nameBytes, Request.NAME_BYTES_MAX));
        }
        long id = payload.getLong();
        long bodyBytes = payload.getLong();
        if (bodyBytes < 0 || bodyBytes > Request.BODY_BYTES_MAX) {
            throw new WireException(
                    "a request announces a body of %d bytes; 0 to %d are allowed"
                            .formatted(bodyBytes, Request.BODY_BYTES_MAX));
        }
        return new RequestHead(id, bodyBytes, StandardCharsets.UTF_8.decode(payload).toString());
    }
}
