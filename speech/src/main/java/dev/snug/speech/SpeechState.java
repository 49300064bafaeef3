package dev.snug.speech;

/**
 * Where the speaking of a plan stands between two chunks: all that is needed to go on in another
 * process, to the same samples.
 *
 * @param chunks that are done, 0 or more
 * @param held samples that the last of them held back to be joined with the next, int16 values or
 *     -1 to 1, by the rules' join; none behind a chunk that ends
 */
@SuppressWarnings("ArrayRecordComponent") // handed from sink to speaker, never compared
public record SpeechState(int chunks, float[] held) {
    /** Nothing is done. */
    public static final SpeechState START = new SpeechState(0, new float[0]);
}
