package dev.snug.server.http;

/** Answers calls; from many threads at once. */
@FunctionalInterface
public interface Handler {
    /**
     * The answer.
     *
     * @throws HttpException which becomes its status and an error body
     * @throws InterruptedException when the client left or the deadline passed
     * @throws Exception anything else becomes a 500 that tells the client nothing but a number to
     *     ask for
     */
    Reply handle(Call call) throws Exception;
}
