package dev.snug.server.job;

import java.nio.file.Path;

/** How an item ended. */
public sealed interface Outcome {
    /**
     * The answer to a picture.
     *
     * @param json as the API says it; at most {@link #ANSWER_BYTES_MAX}
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over, not compared
    record Answered(byte[] json) implements Outcome {}

    /**
     * A sound.
     *
     * @param file whole, in the task's workspace; the store takes it
     * @param type its content type
     * @param name under which it is handed out, such as {@code book.mp3}
     */
    record Made(Path file, String type, String name) implements Outcome {}

    /** No answer, and another try would end the same way. */
    record Failed(Job.Problem problem) implements Outcome {}

    /** A layer as a data URI, and the scores of a model with many classes. */
    int ANSWER_BYTES_MAX = 1 << 20;
}
