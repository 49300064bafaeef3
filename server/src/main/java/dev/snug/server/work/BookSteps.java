package dev.snug.server.work;

/**
 * Told how the sound of a document grows, in the thread that asked for it. What a method throws
 * ends the request and reaches the caller; after {@link #stepEnded} nothing is lost then.
 */
public interface BookSteps {
    /**
     * A chunk is on the disk, or a part of the file is made of all of them. The worker waits, so
     * the workspace stays as it is until this returns.
     *
     * @param done chunks
     * @param total chunks of the document
     * @param millis that the step took
     */
    void stepEnded(int done, int total, long millis);

    /** The step goes on; told about once a second. */
    void goesOn();
}
