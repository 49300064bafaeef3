package dev.snug.speech.sound;

import java.io.Closeable;
import java.io.IOException;

/** Writes one channel of int16 samples as a sound file while they come. */
public interface SoundEncoder extends Closeable {
    /** Appends samples. */
    void write(short[] samples) throws IOException;

    /** Ends the file: what is still held is written. The stream stays open. */
    @Override
    void close() throws IOException;

    /**
     * The file's first bytes as they are to be once everything is known, for who can go back; none
     * where those that were written are right. To be asked after {@link #close}.
     */
    byte[] head();
}
