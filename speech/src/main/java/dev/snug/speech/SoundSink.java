package dev.snug.speech;

import java.io.IOException;

/** Where speech goes while it is made. */
@FunctionalInterface
public interface SoundSink {
    /** Takes the next final samples: int16, 24 kHz, mono, at least one. */
    void write(short[] samples) throws IOException;

    /**
     * A chunk is done: all that it made final was written, and {@code state} leads on from here.
     */
    default void chunkEnded(SpeechState state) throws IOException {}
}
