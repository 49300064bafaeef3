package dev.snug.server.answer;

import java.nio.ByteBuffer;

/** Takes sound as it is made. */
@FunctionalInterface
public interface SoundParts {
    /** Takes the next bytes; the buffer is used again after the call. */
    void accept(ByteBuffer part);
}
