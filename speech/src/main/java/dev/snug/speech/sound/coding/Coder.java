package dev.snug.speech.sound.coding;

import java.io.IOException;

/** Writes one channel of int16 samples compressed, while they come. */
public interface Coder {
    /** Appends the first {@code count} samples of {@code samples}. */
    void write(short[] samples, int count) throws IOException;

    /** Writes what is still held; nothing may follow. */
    void end() throws IOException;

    /** The first bytes as they are to be now that all is known; none where they were right. */
    byte[] head();
}
