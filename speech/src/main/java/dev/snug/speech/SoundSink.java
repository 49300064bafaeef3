package dev.snug.speech;

import java.io.IOException;

/** Where speech goes while it is made. */
@FunctionalInterface
public interface SoundSink {
    /** Takes the next final samples: int16, 24 kHz, mono, at least one. */
    void write(short[] samples) throws IOException;
}
