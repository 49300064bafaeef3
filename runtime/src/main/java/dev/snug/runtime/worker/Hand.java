package dev.snug.runtime.worker;

import java.util.OptionalLong;

/** What {@link Workers} needs of a worker; tests have one without a process. */
interface Hand {
    /** Process id, for people. */
    long pid();

    /** As {@link Worker#run}. */
    void run(Request request, PartSink sink) throws InterruptedException;

    /** Whether it can take another request. */
    boolean usable();

    /** Resident bytes of its own, as {@link Worker#residentBytes}. */
    OptionalLong residentBytes();

    /** Kills it; from any thread. */
    void kill();

    /** Ends it and waits until its memory is free. */
    void close();
}
