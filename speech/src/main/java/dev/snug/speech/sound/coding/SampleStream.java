package dev.snug.speech.sound.coding;

import java.io.IOException;

/** Sound that is decoded piece by piece, as one channel: the mean of all. */
public interface SampleStream {
    /** Samples a second, as the file says; not checked against any range. */
    int rate();

    /**
     * The next samples, full scale -1 to 1; an empty array at the end. A piece is at most what one
     * page or frame of the format can hold.
     *
     * @throws CodingException when the sound is damaged
     */
    float[] next() throws IOException;
}
