package dev.snug.runtime.worker;

/**
 * What a worker does with a request. The class is public, has a public constructor without
 * parameters, and is made once in the worker process; what it loads it may keep for the next
 * request. One thread calls it. It is never closed: it ends with its process.
 */
@FunctionalInterface
public interface WorkerTask {
    /**
     * Does one request.
     *
     * <p>What it throws becomes the request's {@link WorkerException}: {@link TaskException} says
     * its kind, {@link IllegalArgumentException} is a bad request, a full heap and {@code
     * std::bad_alloc} of native code are a refusal for memory, anything else a failure.
     *
     * @param name what is to be done, at most {@link Request#NAME_BYTES_MAX} bytes in UTF-8
     * @param body the request's bytes; the task's own
     * @param reply takes the answer, in as many parts as it comes in
     * @throws Exception when the request cannot be answered
     */
    void run(String name, byte[] body, Reply reply) throws Exception;
}
