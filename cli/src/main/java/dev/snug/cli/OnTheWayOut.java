package dev.snug.cli;

/**
 * What is done when the process is asked to end (Ctrl-C, SIGTERM) while this is open.
 *
 * @param hook that does it
 */
record OnTheWayOut(Thread hook) implements AutoCloseable {
    static OnTheWayOut doing(Runnable what) {
        Thread hook = new Thread(what, "on-the-way-out");
        Runtime.getRuntime().addShutdownHook(hook);
        return new OnTheWayOut(hook);
    }

    /** Nothing is left to be done; where the end has begun, it is done at the same time. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            return;
        }
    }
}
